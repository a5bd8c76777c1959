import { describe, expect, it } from 'vitest';
import { another, faultOf, minutes, onDay } from './week';

const interval = (from: string, to: string, day = 1) => ({ day, from, to });

describe('the hours of a day', () => {
  it('may touch, not overlap, and go on past midnight', () => {
    expect(faultOf([interval('09:00', '13:00'), interval('13:00', '18:00')], 1)).toBeNull();
    expect(faultOf([interval('13:00', '18:00'), interval('09:00', '13:30')], 1)).toBe('overlap');
    expect(faultOf([interval('09:00', '09:00')], 1)).toBe('empty');
    expect(faultOf([interval('22:00', '06:00'), interval('06:00', '08:00', 2)], 1)).toBeNull();
    expect(faultOf([interval('22:00', '06:00'), interval('05:00', '08:00', 2)], 2)).toBe('overlap');
    expect(faultOf([interval('22:00', '06:00', 7), interval('05:00', '08:00')], 1)).toBe('overlap');
    expect(faultOf([interval('22:00', '24:00'), interval('00:00', '02:00', 2)], 1)).toBeNull();
  });

  it('go on where the last ones ended', () => {
    expect(another([], 3)).toEqual(interval('09:00', '18:00', 3));
    expect(another([interval('09:00', '13:00')], 1)).toEqual(interval('14:00', '18:00'));
    expect(another([interval('09:00', '22:30')], 1)).toEqual(interval('23:30', '24:00'));
  });

  it('are listed first to last', () => {
    const late = interval('14:00', '18:00');
    const early = interval('09:00', '13:00');
    expect(onDay([late, interval('08:00', '09:00', 2), early], 1)).toEqual([early, late]);
    expect(minutes('24:00')).toBe(1440);
  });
});
