import { expect, it } from 'vitest';
import { found } from './found';

it('finds canned responses by words, without accents, wherever they stand', () => {
  const invoice = { shortcut: 'factura', title: 'Invoice', text: 'La encontrará aquí.' };
  const hours = { shortcut: 'hours', title: 'Opening hours', text: 'We open at nine.' };
  expect(found([invoice, hours], 'AQUI inv')).toEqual([invoice]);
  expect(found([invoice, hours], ' ')).toEqual([invoice, hours]);
  expect(found([invoice, hours], 'nine ten')).toEqual([]);
});
