import { expect, test } from 'vitest';
import { inkOn, isColor, readableOn } from './color';

test('text on the brand colour is white where white reads, else black', () => {
  expect(inkOn('#2b4fcf')).toBe('#fff');
  expect(inkOn('#767676')).toBe('#fff');
  expect(inkOn('#777777')).toBe('#000');
  expect(inkOn('#ffe600')).toBe('#000');
});

test('a colour that reads on the ground stays; another moves as far as it must', () => {
  expect(readableOn('#ffffff', '#2b4fcf', 4.5)).toBe('#2b4fcf');
  expect(readableOn('#15171a', '#2b4fcf', 4.5)).not.toBe('#2b4fcf');
  expect(inkOn(readableOn('#ffffff', '#ffffff', 4.5))).toBe('#fff');
});

test('only six hexadecimal digits are a colour', () => {
  expect(['#2B4FCF', '#fff', 'red', '', undefined].map(isColor)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
