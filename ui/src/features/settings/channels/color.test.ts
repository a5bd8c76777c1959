import { expect, it } from 'vitest';
import { contrastWithWhite, inkOn, parseColor, readableColor, TEXT_CONTRAST } from './color';

it('reads what a person types', () => {
  expect(parseColor(' 2B4FCF ')).toBe('#2b4fcf');
  expect(parseColor('#abc')).toBe('#aabbcc');
  expect(parseColor('blue')).toBeNull();
  expect(parseColor('#12345')).toBeNull();
});

it('measures contrast as WCAG does', () => {
  expect(contrastWithWhite('#ffffff')).toBeCloseTo(1);
  expect(contrastWithWhite('#000000')).toBeCloseTo(21);
  expect(contrastWithWhite('#767676')).toBeCloseTo(4.54, 2);
});

it('leaves a readable colour alone', () => {
  expect(readableColor('#2b4fcf')).toBe('#2b4fcf');
});

it.each(['#ffffff', '#ffcc00', '#00ff00', '#7fdbff', '#ff4136', '#777777'])(
  'darkens %s just enough',
  (color) => {
    const fixed = contrastWithWhite(readableColor(color));
    expect(fixed).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    expect(fixed).toBeLessThan(TEXT_CONTRAST + 0.15);
  },
);

it('keeps the hue', () => {
  expect(readableColor('#00ff00')).toMatch(/^#00..00$/);
});

it('writes in black where white would not be readable', () => {
  expect(inkOn('#2b4fcf')).toBe('#ffffff');
  expect(inkOn('#ffcc00')).toBe('#000000');
});
