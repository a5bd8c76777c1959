import { afterEach, expect, it, vi } from 'vitest';
import { pullDrafts } from './draftSync';
import { draftOf, putDraft, saveDraft } from './drafts';

const scope = { workspace: 'w', member: 'm' };

afterEach(() => vi.unstubAllGlobals());

/** A server whose answer is on its way until it is let go. */
function answerLater(items: object[]) {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  vi.stubGlobal('fetch', async () => {
    await held;
    return Response.json({ items });
  });
  return letGo;
}

const there = (conversation_id: string, reply: string, version: number) => ({
  conversation_id,
  reply,
  note: '',
  mode: 'reply',
  version,
});

it('takes in what was written on another device', async () => {
  const letGo = answerLater([there('a', 'From the phone', 3)]);
  const pulled = pullDrafts(scope);
  letGo();
  await pulled;
  expect(draftOf(scope, 'a')).toMatchObject({ reply: 'From the phone', version: 3, unsynced: false });
});

it('keeps what was typed and saved here while the answer was on its way', async () => {
  putDraft(scope, 'b', { reply: 'Dear', version: 1, unsynced: false });
  const letGo = answerLater([there('b', 'Dear', 1)]);
  const pulled = pullDrafts(scope);
  saveDraft(scope, 'b', 'reply', 'Dear Gus');
  saveDraft(scope, 'c', 'reply', 'Another one');
  putDraft(scope, 'b', { version: 2, unsynced: false });
  putDraft(scope, 'c', { version: 1, unsynced: false });
  letGo();
  await pulled;
  expect(draftOf(scope, 'b')).toMatchObject({ reply: 'Dear Gus', version: 2 });
  expect(draftOf(scope, 'c')).toMatchObject({ reply: 'Another one', version: 1 });
});

it('empties what was sent or thrown away elsewhere', async () => {
  putDraft(scope, 'd', { reply: 'Sent from the phone', version: 4, unsynced: false });
  const letGo = answerLater([]);
  const pulled = pullDrafts(scope);
  letGo();
  await pulled;
  expect(draftOf(scope, 'd')).toMatchObject({ reply: '', note: '' });
});
