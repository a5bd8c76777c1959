import { expect, test } from 'vitest';
import { createRows, h, linkified } from './dom';

const html = (text: string) => h('p', {}, ...linkified(text)).innerHTML;

test('web addresses become links, without the punctuation around them', () => {
  const link = (address: string) =>
    `<a href="${address}" target="_blank" rel="noopener noreferrer">${address}</a>`;
  expect(html('See https://a.example/x?y=1.')).toBe(`See ${link('https://a.example/x?y=1')}.`);
  expect(html('(https://a.example/b_(c))')).toBe(`(${link('https://a.example/b_(c)')})`);
});

test('text stays text', () => {
  expect(html('<img src=x onerror=alert(1)>')).toBe('&lt;img src=x onerror=alert(1)&gt;');
  expect(html('javascript:alert(1)')).toBe('javascript:alert(1)');
});

test('rows keep their elements, move, change and go', () => {
  const list = h('div', {});
  const show = createRows(list);
  const row = (key: string, version = '') => ({
    key,
    version,
    make: () => h('p', {}, key + version),
  });
  show([row('a'), row('b'), row('c')]);
  const [a, b, c] = list.children;
  show([row('0'), row('c'), row('a'), row('b', '2')]);
  expect([...list.children].map(({ textContent }) => textContent)).toEqual(['0', 'c', 'a', 'b2']);
  expect([list.children[1], list.children[2]]).toEqual([c, a]);
  expect(b?.isConnected).toBe(false);
  show([]);
  expect(list.childElementCount).toBe(0);
});
