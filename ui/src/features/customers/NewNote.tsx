import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { customerNoteCreate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { mentionsIn, useMentionable } from '@/conversations/mentions';
import { clearUploads, useUploads } from '@/conversations/uploads';
import { Button, cx } from '@/design';
import composer from '@/features/inbox/Composer.module.css';
import { NoteHints } from '@/features/inbox/NoteHints';
import { NotePopup } from '@/features/inbox/popups';
import { WritingBox } from '@/features/inbox/WritingBox';
import { useCommand } from '@/keyboard';

interface Props {
  path: { workspace_id: string; customer_id: string };
  onChange: () => Promise<void>;
  onClose: () => void;
}

/** Writes a note about a customer: text, files, and whom it calls. */
export function NewNote({ path, onChange, onClose }: Props) {
  const { t } = useLingui();
  const failed = useFailure();
  const people = useMentionable();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [focused, setFocused] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const box = `customer.${path.customer_id}`;
  const uploads = useUploads(box);
  const mentions = mentionsIn(text, people);
  const refused =
    text.trim() === '' && uploads.length === 0
      ? t`Write something first`
      : uploads.some(({ state }) => state === 'uploading')
        ? t`Wait until the files are uploaded`
        : uploads.some(({ state }) => state === 'failed')
          ? t`Remove the files that failed`
          : undefined;

  function close() {
    clearUploads(box);
    onClose();
  }

  async function submit() {
    if (busy || refused) return;
    setBusy(true);
    try {
      const attachments = uploads.flatMap(({ attachment }) => attachment?.id ?? []);
      const called = mentions.map(({ kind, id }) => ({ kind, id }));
      await customerNoteCreate({ path, body: { text: text.trim(), attachments, mentions: called } });
      await onChange();
      close();
    } catch (error) {
      setBusy(false);
      failed(t`Note not saved`, error);
    }
  }
  useCommand('send', () => void submit(), focused);
  useEffect(() => field.current?.focus(), []);

  return (
    <div className={cx(composer.box, composer.noteBox)}>
      <WritingBox
        id="customer-note"
        writing={{ text, setText, box, uploads }}
        field={field}
        label={t`Note about the customer`}
        placeholder={t`Write a note… @ names a colleague`}
        popup={NotePopup}
        onFocus={setFocused}
        hints={<NoteHints on={{ customer_id: path.customer_id }} text={text} mentions={mentions} />}
      >
        <Button size="s" variant="ghost" onClick={close}>
          {t`Cancel`}
        </Button>
        <Button size="s" variant="primary" busy={busy} blocked={refused} onClick={() => void submit()}>
          {t`Save`}
        </Button>
      </WritingBox>
    </div>
  );
}
