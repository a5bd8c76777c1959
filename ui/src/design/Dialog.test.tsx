import { cleanup, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { renderInApp } from '@/test/render';
import { Dialog } from './Dialog';

afterEach(cleanup);

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <main>
      <textarea aria-label="Reply" onKeyDown={() => setOpen(true)} />
      <Dialog open={open} onClose={() => setOpen(false)} title="Merge">
        {/* It has the focus before the dialog could give it one. */}
        <input aria-label="Search" autoFocus />
      </Dialog>
    </main>
  );
}

// No timer runs in between: the next key may be pressed before one would.
it('gives the focus back to the text it was opened from at once when it closes', () => {
  renderInApp(<Page />);
  const reply = screen.getByRole('textbox');
  reply.focus();
  fireEvent.keyDown(reply, { key: '.' });
  const search = screen.getByRole('textbox');
  expect(document.activeElement).toBe(search);
  fireEvent.keyDown(search, { key: 'Escape' });
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(reply);
});
