import { asProblem, type DraftView, draftPut, draftShow, draftsList, isPreviewed } from '@/api';
import { draftOf, keptDrafts, onSettled, putDraft, watchDrafts } from './drafts';
import type { Scope } from './scope';

/** One save after the other: an older text never arrives after a newer one. */
const chains = new Map<string, Promise<void>>();

/** Keeps what is typed here on the server too, for one's other devices. */
onSettled((scope, conversation) => {
  if (isPreviewed(scope.workspace)) return;
  const before = chains.get(conversation) ?? Promise.resolve();
  // What fails stays on this device, and goes along with the next change.
  const save = before.then(() => push(scope, conversation)).catch(() => undefined);
  chains.set(conversation, save);
});

/** Takes in what one wrote elsewhere; what this device has not saved yet counts as newer. */
export async function pullDrafts(scope: Scope) {
  if (isPreviewed(scope.workspace)) return;
  const changedMeanwhile = watchDrafts(scope);
  const { data } = await draftsList({ path: { workspace_id: scope.workspace } });
  const there = new Map(data.items.map((draft) => [draft.conversation_id, draft]));
  for (const id of new Set([...there.keys(), ...keptDrafts(scope)])) {
    // The answer may tell of the time before what was saved while it was on its way.
    if (draftOf(scope, id).unsynced || changedMeanwhile(id)) continue;
    const draft = there.get(id);
    // What is on the server no more was sent or thrown away elsewhere.
    if (draft) take(scope, draft);
    else putDraft(scope, id, { reply: '', note: '' });
  }
}

async function push(scope: Scope, conversation: string) {
  const draft = draftOf(scope, conversation);
  if (!draft.unsynced) return;
  const { reply, note, kind, version } = draft;
  const path = { workspace_id: scope.workspace, conversation_id: conversation };
  try {
    const { data } = await draftPut({ path, body: { reply, note, mode: kind, version } });
    const typedOn = draftOf(scope, conversation);
    const same = typedOn.reply === reply && typedOn.note === note;
    putDraft(scope, conversation, { version: data.version, unsynced: !same });
  } catch (error) {
    if (asProblem(error)?.status !== 409) throw error;
    // Another device wrote, or the server took out what was sent: the keys pressed last count.
    const { data } = await draftShow({ path });
    putDraft(scope, conversation, { version: data.version });
    await push(scope, conversation);
  }
}

function take(scope: Scope, { conversation_id, reply, note, mode, version }: DraftView) {
  putDraft(scope, conversation_id, { reply, note, kind: mode, version });
}
