import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { clearSelection, useSelection } from './selection';

const order = ['a', 'b', 'c', 'd'];
beforeEach(() => act(clearSelection));

it('selects one by one, and a range from the last one', () => {
  const { result } = renderHook(() => useSelection('list', order));
  act(() => result.current.toggle('d'));
  act(() => result.current.toggle('b', true));
  expect([...result.current.ids].sort()).toEqual(['b', 'c', 'd']);
  act(() => result.current.toggle('c'));
  expect([...result.current.ids].sort()).toEqual(['b', 'd']);
});

it('begins anew in another list', () => {
  const { result, rerender } = renderHook(({ list }) => useSelection(list, order), {
    initialProps: { list: 'one' },
  });
  act(() => result.current.selectEverything());
  expect(result.current.everything).toBe(true);
  rerender({ list: 'two' });
  expect(result.current.ids.size).toBe(0);
  rerender({ list: 'one' });
  expect(result.current.ids.size).toBe(0);
});
