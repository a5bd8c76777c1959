import type { Reach } from '@/api';
import { fold } from '@/features/search/marked';

/** A line of the matrix: one permission, or several that a simple switch stands for. */
export interface Row {
  key: string;
  label: string;
  hint?: string | undefined;
  group: string;
  permissions: string[];
}

/** A column of the matrix: a role, or a permission set. */
export interface Column {
  key: string;
  label: string;
  /** Under the name, a line each. */
  notes: string[];
  /** Why nothing in it can be changed. */
  locked?: string | undefined;
}

export interface Cell {
  reach: Reach | 'mixed';
  changed: boolean;
  /** What it may be set to, least first. */
  options: Reach[];
  /** Why it cannot be changed. */
  locked?: string | undefined;
}

export interface MatrixProps {
  /** What the matrix shows, for those who do not see it. */
  label: string;
  rows: Row[];
  columns: Column[];
  cellOf: (row: Row, column: Column) => Cell;
  onChange: (row: Row, column: Column, cell: Cell) => void;
  /** A locked cell was tried. */
  onLocked: (column: Column, reason: string) => void;
  selected?: string | undefined;
  onSelect?: (column: Column) => void;
}

/** The rows under their headings, in the order they come. */
export function grouped(rows: Row[]): { label: string; rows: Row[] }[] {
  const groups: { label: string; rows: Row[] }[] = [];
  for (const row of rows) {
    if (groups.at(-1)?.label === row.group) groups.at(-1)?.rows.push(row);
    else groups.push({ label: row.group, rows: [row] });
  }
  return groups;
}

/** The rows that have all the words of a search somewhere. */
export function searched(rows: Row[], text: string): Row[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const whole = fold([row.label, row.group, row.hint, ...row.permissions].join(' '));
    return words.every((word) => whole.includes(word));
  });
}
