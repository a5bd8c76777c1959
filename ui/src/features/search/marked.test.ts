import { expect, it } from 'vitest';
import { markParts } from './marked';

const marked = (text: string, words: string) =>
  markParts(text, words)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('');

it('marks whatever the case and the accents', () => {
  expect(marked('El Envío llegó', 'envio LLEGO')).toBe('El [Envío] [llegó]');
});

it('marks beginnings of words only', () => {
  expect(marked('reorder my order', 'order')).toBe('reorder my [order]');
  expect(marked('orders', 'ord')).toBe('[ord]ers');
});

it('leaves a text without the words alone', () => {
  expect(marked('hello', '')).toBe('hello');
  expect(marked('👋 hello', 'hello')).toBe('👋 [hello]');
});
