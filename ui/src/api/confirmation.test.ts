import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { confirmWith, workspaceCreate } from '.';

const proven = vi.fn<() => boolean>();
const sent: { key: string | null; body: string }[] = [];

beforeEach(() => {
  sent.length = 0;
  proven.mockReset();
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.text() });
    const refused = { status: 403, code: 'session.confirmation_required' };
    return proven() ? Response.json({ id: 'w1' }) : Response.json(refused, { status: 403 });
  });
});

afterEach(() => vi.unstubAllGlobals());

it('sends a request again, as it was, once the person has proved who they are', async () => {
  proven.mockReturnValue(false);
  confirmWith(async () => {
    proven.mockReturnValue(true);
    return true;
  });
  const { data } = await workspaceCreate({ body: { name: 'One' } });
  expect(data).toEqual({ id: 'w1' });
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

it('is refused when the person would rather not', async () => {
  proven.mockReturnValue(false);
  confirmWith(async () => false);
  await expect(workspaceCreate({ body: { name: 'One' } })).rejects.toMatchObject({
    code: 'session.confirmation_required',
  });
  expect(sent).toHaveLength(1);
});

it('asks once for several requests that wait', async () => {
  proven.mockReturnValue(false);
  const ask = vi.fn(async () => {
    await Promise.resolve();
    proven.mockReturnValue(true);
    return true;
  });
  confirmWith(ask);
  await Promise.all([workspaceCreate({ body: { name: 'One' } }), workspaceCreate({ body: { name: 'Two' } })]);
  expect(ask).toHaveBeenCalledOnce();
});
