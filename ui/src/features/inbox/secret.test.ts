import { expect, it } from 'vitest';
import { secretIn } from './secret';

it('knows card numbers by their check digit', () => {
  expect(secretIn('pay with 4111 1111 1111 1111 please')).toBe('card');
  expect(secretIn('order 4111 1111 1111 1112')).toBeNull();
  expect(secretIn('call +57 310 555 0142')).toBeNull();
});

it('knows passwords by the word before them', () => {
  expect(secretIn('Her password: seven-lanterns')).toBe('password');
  expect(secretIn('la contraseña es faroles')).toBe('password');
  expect(secretIn('She forgot her password.')).toBeNull();
});
