import { expect, test } from 'vitest';
import { pickLocale } from './locale';

test('the first wish that can be served wins, English otherwise', () => {
  expect(pickLocale(undefined, 'auto', 'es-CO', 'en')).toBe('es');
  expect(pickLocale('en', 'es')).toBe('en');
  expect(pickLocale('pt-BR', 'de')).toBe('en');
});
