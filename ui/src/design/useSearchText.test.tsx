import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useSearchText } from './useSearchText';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A field whose address changes a while after it was told to. */
function Field({ delay }: { delay: number }) {
  const [address, setAddress] = useState('');
  const [text, setText] = useSearchText(address, (next) => setTimeout(() => setAddress(next), delay));
  return (
    <>
      <input aria-label="Search" value={text} onChange={(event) => setText(event.target.value)} />
      <button type="button" onClick={() => setAddress('')}>
        Clear
      </button>
      <p role="status">{address}</p>
    </>
  );
}

const field = () => screen.getByRole<HTMLInputElement>('textbox');
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

it('keeps what is typed while the address takes what was typed before', () => {
  render(<Field delay={400} />);
  type('u');
  pass(250);
  type('un');
  pass(250);
  type('una');
  pass(400);
  expect(field().value).toBe('una');
  pass(1000);
  expect(screen.getByRole('status').textContent).toBe('una');
  expect(field().value).toBe('una');
});

it('follows the address when something else changes it', () => {
  render(<Field delay={0} />);
  type('una');
  pass(300);
  fireEvent.click(screen.getByRole('button'));
  expect(field().value).toBe('');
});
