import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { workspaceCreate } from '@/api';
import { renderInApp } from '@/test/render';
import { ConfirmIdentity } from './ConfirmIdentity';

let proven = false;

beforeEach(() => {
  proven = false;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.url.endsWith('/confirmation')) {
      proven = (await request.json()).password === 'seven quiet lanterns';
      return proven
        ? new Response(null, { status: 204 })
        : Response.json({ status: 401, code: 'session.bad_credentials' }, { status: 401 });
    }
    return proven
      ? Response.json({ id: 'w1' })
      : Response.json({ status: 403, code: 'session.confirmation_required' }, { status: 403 });
  });
  renderInApp(<ConfirmIdentity />);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('asks for the password and lets the request through', async () => {
  const made = workspaceCreate({ body: { name: 'One' } });
  const field = await screen.findByLabelText('Your password');
  await userEvent.type(field, 'the wrong one{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('This is not your password.');
  await userEvent.clear(field);
  await userEvent.type(field, 'seven quiet lanterns{Enter}');
  expect((await made).data).toEqual({ id: 'w1' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('leaves the request refused when one cancels', async () => {
  const made = workspaceCreate({ body: { name: 'One' } }).catch((error: unknown) => error);
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await made).toMatchObject({ code: 'session.confirmation_required' });
});
