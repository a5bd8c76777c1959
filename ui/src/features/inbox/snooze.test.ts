import { expect, it } from 'vitest';
import { snoozePresets } from './snooze';

const at = (text: string) => new Date(text);
const named = (now: Date) => snoozePresets(now).map(({ preset }) => preset);

it('offers later today, tomorrow, Monday and a week on a weekday', () => {
  const presets = snoozePresets(at('2026-11-18T10:20:00'));
  expect(presets.map(({ preset, until }) => [preset, until])).toEqual([
    ['later', at('2026-11-18T13:00:00')],
    ['tomorrow', at('2026-11-19T09:00:00')],
    ['monday', at('2026-11-23T09:00:00')],
    ['week', at('2026-11-25T09:00:00')],
  ]);
});

it('names one moment once', () => {
  expect(named(at('2026-11-22T10:00:00'))).toEqual(['later', 'tomorrow', 'week']);
  expect(named(at('2026-11-23T10:00:00'))).toEqual(['later', 'tomorrow', 'monday']);
});

it('does not bring anything back late at night', () => {
  expect(named(at('2026-11-18T19:00:00'))[0]).toBe('tomorrow');
  expect(named(at('2026-11-18T23:30:00'))[0]).toBe('tomorrow');
});
