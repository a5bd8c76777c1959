import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Menu, MenuItem } from './Menu';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function close() {
  render(
    <main>
      <textarea aria-label="Reply" />
      <Menu trigger={<button type="button">Labels</button>}>
        <MenuItem onSelect={() => undefined}>Priority</MenuItem>
      </Menu>
    </main>,
  );
  const trigger = screen.getByRole('button');
  fireEvent.keyDown(trigger, { key: 'Enter' });
  act(() => void vi.runAllTimers());
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' });
  expect(screen.queryByRole('menu')).toBeNull();
}

it('gives the focus back to its button', () => {
  close();
  act(() => void vi.runAllTimers());
  expect(document.activeElement).toBe(screen.getByRole('button'));
});

it('leaves the focus in a field that was opened right after it closed', () => {
  close();
  const field = screen.getByRole('textbox');
  field.focus();
  act(() => void vi.runAllTimers());
  expect(document.activeElement).toBe(field);
});
