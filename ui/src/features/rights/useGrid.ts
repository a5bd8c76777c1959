import { type FocusEvent, type KeyboardEvent, type RefObject, useRef, useState } from 'react';

/** Marks what takes the focus in a grid: `data-cell="row,column"`, counted from nought. */
export const cellAt = (row: number, column: number) => ({ 'data-cell': `${row},${column}` });

/**
 * One tab stop for a whole grid, and arrows within (the grid pattern of ARIA). Gives back what the grid carries and
 * which cell takes part in the tab order.
 */
export function useGrid(rows: number, columns: number) {
  const grid = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<[number, number]>([0, 0]);
  const row = Math.min(active[0], Math.max(0, rows - 1));
  const column = Math.min(active[1], Math.max(0, columns - 1));

  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event, row, column, rows, columns);
    if (!to) return;
    event.preventDefault();
    focusCell(grid, to);
  };
  const onFocus = (event: FocusEvent) => {
    const cell = (event.target as HTMLElement).dataset.cell?.split(',').map(Number);
    if (cell) setActive([cell[0] ?? 0, cell[1] ?? 0]);
  };
  return {
    grid: { ref: grid, onKeyDown, onFocus },
    tabIndex: (atRow: number, atColumn: number) => (atRow === row && atColumn === column ? 0 : -1),
    active: [row, column] as const,
  };
}

function target(event: KeyboardEvent, row: number, column: number, rows: number, columns: number) {
  const whole = event.ctrlKey || event.metaKey;
  const moves: Record<string, [number, number]> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    PageUp: [Math.max(0, row - 10), column],
    PageDown: [Math.min(rows - 1, row + 10), column],
    Home: [whole ? 0 : row, 0],
    End: [whole ? rows - 1 : row, columns - 1],
  };
  const to = moves[event.key];
  return to && to[0] >= 0 && to[0] < rows && to[1] >= 0 && to[1] < columns ? to : undefined;
}

function focusCell(grid: RefObject<HTMLTableElement | null>, [row, column]: [number, number]) {
  grid.current?.querySelector<HTMLElement>(`[data-cell="${row},${column}"]`)?.focus();
}
