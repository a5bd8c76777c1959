import type { AttachmentView } from '@/api';
import { draftOf, saveDraft } from './drafts';
import type { Scope } from './scope';
import { boxOf, restoreUploads } from './uploads';

/** Puts an answer that did not go out back into the composer, in front of what was typed since. */
export function putBack(
  scope: Scope,
  conversation: string,
  { text, attachments }: { text: string; attachments: AttachmentView[] },
) {
  const since = draftOf(scope, conversation).reply;
  saveDraft(scope, conversation, 'reply', [text, since].filter(Boolean).join('\n'));
  restoreUploads(boxOf(conversation, 'reply'), attachments);
}
