import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { renderInApp } from '@/test/render';
import { Dialog } from './Dialog';
import { Menu, MenuItem } from './Menu';

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

function PageWithMenu() {
  const [open, setOpen] = useState(false);
  return (
    <main>
      <Menu trigger={<button type="button">More</button>}>
        <MenuItem onSelect={() => setOpen(true)}>Merge…</MenuItem>
      </Menu>
      <Dialog open={open} onClose={() => setOpen(false)} title="Merge" />
    </main>
  );
}

it('gives the focus to the button of the menu it was opened from', async () => {
  renderInApp(<PageWithMenu />);
  const more = screen.getByRole('button', { name: 'More' });
  fireEvent.keyDown(more, { key: 'Enter' });
  const item = await screen.findByRole('menuitem');
  item.focus();
  fireEvent.keyDown(item, { key: 'Enter' });
  const dialog = await screen.findByRole('dialog');
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  fireEvent.keyDown(dialog, { key: 'Escape' });
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(more);
});
