import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderInApp } from '@/test/render';
import type { Cell, Column, Row } from './matrix';
import { RightsMatrix } from './RightsMatrix';

afterEach(cleanup);

const rows: Row[] = [
  { key: 'note.view', label: 'Read notes', group: 'Notes', permissions: ['note.view'] },
  { key: 'note.edit', label: 'Edit notes', group: 'Notes', permissions: ['note.edit'] },
];
const columns: Column[] = [
  { key: 'agent', label: 'Agent', notes: [], locked: 'Agent is built in.' },
  { key: 'own', label: 'Night shift', notes: [] },
];

function show(cellOf: (row: Row, column: Column) => Partial<Cell> = () => ({})) {
  const onChange = vi.fn();
  const onLocked = vi.fn();
  renderInApp(
    <RightsMatrix
      label="Permissions"
      rows={rows}
      columns={columns}
      cellOf={(row, column) => ({ reach: 'own', changed: false, options: [], ...cellOf(row, column) })}
      onChange={onChange}
      onLocked={onLocked}
      onSelect={() => undefined}
    />,
  );
  return { onChange, onLocked };
}

const cell = (permission: string, at: number) => {
  const row = screen.getByRole('row', { name: new RegExp(`^${permission}`) });
  return within(row).getAllByRole('button')[at]!;
};

it('is one stop for Tab, and arrows go from cell to cell', async () => {
  show();
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe('Agent');
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowDown}{ArrowDown}');
  expect(document.activeElement).toBe(cell('Edit notes', 1));
  await userEvent.keyboard('{Home}');
  expect(document.activeElement).toBe(cell('Edit notes', 0));
  await userEvent.keyboard('{Control>}{Home}{/Control}');
  expect(document.activeElement?.textContent).toBe('Agent');
  await userEvent.tab();
  expect(document.activeElement).toBe(document.body);
});

it('changes a cell by Space, and says why a locked one stays', async () => {
  const { onChange, onLocked } = show();
  cell('Read notes', 1).focus();
  await userEvent.keyboard(' ');
  expect(onChange).toHaveBeenCalledWith(rows[0], columns[1], expect.objectContaining({ reach: 'own' }));
  await userEvent.click(cell('Read notes', 0));
  expect(onLocked).toHaveBeenCalledWith(columns[0], 'Agent is built in.');
  expect(onChange).toHaveBeenCalledOnce();
});

it('shows a reach in words, and marks what was changed', () => {
  show((row, column) =>
    column.key === 'own' && row.key === 'note.edit' ? { reach: 'none', changed: true } : {},
  );
  expect(cell('Read notes', 1).textContent).toBe('Own only');
  expect(cell('Edit notes', 1).textContent).toBe('No (changed)');
});
