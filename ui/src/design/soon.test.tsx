import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { soon, TypeAhead, typedAhead } from './soon';

afterEach(cleanup);

it('keeps what is typed for a dialog that is coming from the page, and for the dialog', async () => {
  let arrive: (sheet: ComponentType) => void = () => undefined;
  const command = vi.fn();
  window.addEventListener('keydown', command);
  const Sheet = soon(() => new Promise<ComponentType>((resolve) => (arrive = resolve)), TypeAhead);
  render(<Sheet />);
  for (const key of ['i', 'n', 'x', 'Backspace', 'é', 's', 'Enter'])
    expect(fireEvent.keyDown(document.body, { key })).toBe(false);
  expect(command).not.toHaveBeenCalled();
  expect(typedAhead.get()).toBe('inés');
  fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true });
  expect(command).toHaveBeenCalledOnce();

  await act(async () => arrive(() => <p role="note">{typedAhead.get()}</p>));
  expect(screen.getByRole('note').textContent).toBe('inés');
  fireEvent.keyDown(document.body, { key: 'e' });
  expect(command).toHaveBeenCalledTimes(2);
  window.removeEventListener('keydown', command);
});

it('gives the keys back to the page when the dialog could not be fetched, and tries again', async () => {
  const load = vi.fn(() => Promise.reject<ComponentType>(new Error('no network')));
  const Sheet = soon(load, TypeAhead);
  const { unmount } = render(<Sheet />);
  await act(async () => undefined);
  expect(fireEvent.keyDown(document.body, { key: 'e' })).toBe(true);
  unmount();
  render(<Sheet />);
  expect(load).toHaveBeenCalledTimes(2);
  await act(async () => undefined);
});
