import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStorage } from './storage';

beforeEach(() => localStorage.clear());
afterEach(() => void vi.restoreAllMocks());

test('a channel keeps to its corner', () => {
  const one = createStorage('pk_1');
  const other = createStorage('pk_2');
  one.set('out:a', 1);
  other.set('out:b', 2);
  expect(one.names('out:')).toEqual(['out:a']);
  expect(one.get('out:b')).toBeNull();
});

test('what a full or forbidden store does not take is kept while the page lives', () => {
  const storage = createStorage('pk_1');
  storage.set('out:a', 1);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  storage.set('out:b', 2);
  storage.set('out:a', 3);
  expect(storage.names('out:').sort()).toEqual(['out:a', 'out:b']);
  expect([storage.get('out:a'), storage.get('out:b')]).toEqual([3, 2]);
  storage.remove('out:b');
  expect(storage.get('out:b')).toBeNull();
});

test('what somebody else wrote there is no value', () => {
  localStorage.setItem('guildhall:pk_1:visitor', '{broken');
  expect(createStorage('pk_1').get('visitor')).toBeNull();
});
