import { expect, test } from 'vitest';
import { createFormat } from './format';
import { catalogues } from './strings';

const en = createFormat('en', catalogues.en);
const es = createFormat('es', catalogues.es);
const now = new Date(2026, 2, 1, 0, 10);

test('days are called by their nearness, then by name, with the year when it is another', () => {
  expect(en.day(new Date(2026, 2, 1, 0, 1), now)).toBe('Today');
  expect(en.day(new Date(2026, 1, 28, 23, 59), now)).toBe('Yesterday');
  expect(es.day(new Date(2026, 1, 28, 23, 59), now)).toBe('Ayer');
  expect(en.day(new Date(2026, 1, 26), now)).toBe('Thursday, February 26');
  expect(es.day(new Date(2026, 1, 26), now)).toBe('jueves, 26 de febrero');
  expect(en.day(new Date(2025, 11, 24), now)).toBe('December 24, 2025');
});

test('sizes are round and speak the language', () => {
  expect([18, 900, 12_345, 3_456_789, 26_214_400].map(en.size)).toEqual([
    '0.1 kB',
    '0.9 kB',
    '12 kB',
    '3.5 MB',
    '26 MB',
  ]);
  expect(es.size(3_456_789)).toBe('3,5 MB');
});
