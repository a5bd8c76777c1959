import { expect, it } from 'vitest';
import { parseOrigins } from './origins';

it('takes one address per line, and what people paste', () => {
  expect(
    parseOrigins('https://northwind.test\nwww.northwind.test/contact?x=1\n\nhttp://localhost:3000/').origins,
  ).toEqual(['https://northwind.test', 'https://www.northwind.test', 'http://localhost:3000']);
});

it('counts a repeated address once', () => {
  expect(parseOrigins('northwind.test, https://northwind.test/')).toEqual({
    origins: ['https://northwind.test'],
    rejected: [],
  });
});

it('names what is no address', () => {
  expect(parseOrigins('ftp://northwind.test\nhttps://\nnorthwind.test')).toEqual({
    origins: ['https://northwind.test'],
    rejected: ['ftp://northwind.test', 'https://'],
  });
});
