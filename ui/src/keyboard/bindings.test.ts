import { beforeEach, expect, it } from 'vitest';
import { bindings, commandInTheWay, keysOf, rebind, setBindings } from './bindings';

beforeEach(() => setBindings({ enabled: true, changed: {} }));

it('finds the command that has the keys already', () => {
  expect(commandInTheWay('e', 'snooze')).toBe('done');
  expect(commandInTheWay('e', 'done')).toBeUndefined();
  expect(commandInTheWay('q', 'done')).toBeUndefined();
});

it('finds a sequence that a single key would cut off, and the other way round', () => {
  expect(commandInTheWay('g', 'done')).toBe('goMine');
  expect(commandInTheWay('e x', 'snooze')).toBe('done');
});

it('follows changed keys', () => {
  rebind('done', 'q');
  expect(keysOf('done')).toBe('q');
  expect(commandInTheWay('q', 'snooze')).toBe('done');
  expect(commandInTheWay('e', 'snooze')).toBeUndefined();
});

it('keeps only what differs from the standard', () => {
  rebind('done', 'q');
  expect(bindings.get().changed).toEqual({ done: 'q' });
  rebind('done', 'e');
  expect(bindings.get().changed).toEqual({});
});

it('remembers on this device', () => {
  rebind('done', 'q');
  expect(JSON.parse(localStorage.getItem('guildhall.keyboard') ?? '')).toEqual({
    enabled: true,
    changed: { done: 'q' },
  });
});
