import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const stored = { id: 'p1', workspace: 'w1', label: 'Viewer', expires_at: '2026-01-01T10:00:00Z', from: '/' };
let sent: Request[] = [];

beforeEach(() => {
  sent = [];
  vi.resetModules();
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request);
    return Response.json({});
  });
});

afterEach(() => {
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

/** The API as a page finds it that begins now. */
const freshPage = () => import('.');
const header = () => sent.at(-1)?.headers.get('Guildhall-Preview');

it('looks through the preview at its own workspace only', async () => {
  sessionStorage.setItem('guildhall.preview', JSON.stringify(stored));
  const { channelsList, isPreviewed, sessionsList } = await freshPage();
  await channelsList({ path: { workspace_id: 'w1' } });
  expect(header()).toBe('p1');
  await channelsList({ path: { workspace_id: 'w2' } });
  expect(header()).toBeNull();
  await sessionsList();
  expect(header()).toBeNull();
  expect([isPreviewed('w1'), isPreviewed('w2')]).toEqual([true, false]);
});

it('ends the preview as oneself', async () => {
  sessionStorage.setItem('guildhall.preview', JSON.stringify(stored));
  const { previewDelete } = await freshPage();
  await previewDelete({ path: { workspace_id: 'w1', preview_id: 'p1' } });
  expect(header()).toBeNull();
});

it('begins with the next page', async () => {
  const { channelsList, rememberPreview } = await freshPage();
  rememberPreview(stored);
  await channelsList({ path: { workspace_id: 'w1' } });
  expect(header()).toBeNull();
});

it('tells when the server no longer knows it', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ status: 403, code: 'preview.ended' }, { status: 403 }));
  const { onPreviewEnded, sessionsList } = await freshPage();
  const listener = vi.fn();
  onPreviewEnded(listener);
  await expect(sessionsList()).rejects.toThrow();
  expect(listener).toHaveBeenCalledOnce();
});
