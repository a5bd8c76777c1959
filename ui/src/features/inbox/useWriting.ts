import { useLingui } from '@lingui/react/macro';
import { isPreviewed } from '@/api';
import { variablesIn } from '@/conversations/canned';
import { type Kind, saveDraft, useDraft } from '@/conversations/drafts';
import { boxOf, clearUploads, useUploads } from '@/conversations/uploads';
import { useOpened } from './opened';

/** The text and the files of a reply or a note, and whether they can leave. */
export function useWriting(kind: Kind) {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const { id } = conversation;
  const text = useDraft(scope, id)[kind];
  const box = boxOf(id, kind);
  const uploads = useUploads(box);
  const [missing] = variablesIn(text);

  const refused = isPreviewed(scope.workspace)
    ? t`Nothing is sent in a preview`
    : text.trim() === '' && uploads.length === 0
      ? t`Write something first`
      : uploads.some((file) => file.state === 'uploading')
        ? t`Wait until the files are uploaded`
        : uploads.some((file) => file.state === 'failed')
          ? t`Remove the files that failed`
          : missing
            ? t`Fill in ${missing.name} first`
            : undefined;

  return {
    box,
    text,
    uploads,
    refused,
    setText: (next: string) => saveDraft(scope, id, kind, next),
    /** Takes everything out, for sending. */
    take() {
      const attachments = uploads.flatMap((file) => file.attachment ?? []);
      saveDraft(scope, id, kind, '');
      clearUploads(box);
      return {
        scope,
        conversation: id,
        kind,
        text: text.trim(),
        attachments,
        seenSeq: conversation.last_seq,
      };
    },
  };
}

export type Writing = ReturnType<typeof useWriting>;
