import { useEffect, useMemo } from 'react';
import { createStore, useStore } from '@/design';

interface Selection {
  /** Which list the ids are of: another list begins with nothing selected. */
  list: string;
  ids: ReadonlySet<string>;
  /** Everything that matches the list, also what is not loaded. */
  everything: boolean;
  /** Where a range begins. */
  anchor: string | undefined;
}

const nothing: Selection = { list: '', ids: new Set(), everything: false, anchor: undefined };
const store = createStore<Selection>(nothing);

export const clearSelection = () => store.set(nothing);
const selecting = ({ ids }: Selection) => ids.size > 0;
export const isSelecting = () => selecting(store.get());

/** Whether several conversations are meant: then the keys that act are about all of them. */
export const useSelecting = () => selecting(useStore(store));

/** Which conversations of a list are selected, in the order in which they stand in it. */
export function useSelection(list: string, order: string[]) {
  const selection = useStore(store);
  const current = selection.list === list ? selection : nothing;
  useEffect(() => {
    // What was selected elsewhere is not acted upon from here.
    if (store.get().list !== list) clearSelection();
  }, [list]);

  return useMemo(() => {
    const put = (change: Partial<Selection>) => store.set({ ...current, list, everything: false, ...change });
    return {
      ids: current.ids,
      everything: current.everything,
      clear: clearSelection,
      selectAll: () => put({ ids: new Set(order) }),
      selectEverything: () => put({ ids: new Set(order), everything: true }),
      /** Selects or leaves out one; with `range` everything from the one before to this one. */
      toggle(id: string, range = false) {
        const ids = new Set(current.ids);
        const from = range && current.anchor ? order.indexOf(current.anchor) : -1;
        const to = order.indexOf(id);
        if (from >= 0 && to >= 0) {
          for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(each);
        } else if (!ids.delete(id)) ids.add(id);
        put({ ids, anchor: id });
      },
      /** Adds to what is selected. */
      add: (...more: string[]) => put({ ids: new Set([...current.ids, ...more]), anchor: more.at(-1) }),
    };
  }, [current, list, order]);
}

export type ListSelection = ReturnType<typeof useSelection>;
