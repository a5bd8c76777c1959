import { expect, it } from 'vitest';
import { variablesIn } from './canned';

it('finds what was not filled in, and where', () => {
  expect(variablesIn('Hi {{customer.first_name}}!')).toEqual([
    { name: '{{customer.first_name}}', from: 3, to: 26 },
  ]);
  expect(variablesIn('Braces {like} {{these ones}} are text')).toEqual([]);
});
