import { useLingui } from '@lingui/react/macro';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { can, type MessageView, noteDelete, noteUpdate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { UNDO } from '@/conversations/act';
import { mentionsIn, useMentionable } from '@/conversations/mentions';
import { useScope } from '@/conversations/scope';
import { receiveMessage } from '@/conversations/thread';
import { Button, Dialog, Field, IconButton, Textarea } from '@/design';
import { useOfferUndo } from './useOfferUndo';

/** What its author, or who may, does with a note that stands. */
export function NoteActions({ note }: { note: MessageView }) {
  const { t } = useLingui();
  const scope = useScope();
  const failed = useFailure();
  const offer = useOfferUndo();
  const [editing, setEditing] = useState(false);
  const path = {
    workspace_id: scope.workspace,
    conversation_id: note.conversation_id,
    note_seq: note.seq,
  };

  async function remove() {
    try {
      const { data, response } = await noteDelete({ path });
      receiveMessage(scope, data);
      offer(t`Note deleted`, response.headers.get(UNDO));
    } catch (error) {
      failed(t`Note not deleted`, error);
    }
  }

  return (
    <>
      {can(note, 'note.edit').allowed && (
        <IconButton size="s" label={t`Edit note`} onClick={() => setEditing(true)}>
          <Pencil size={13} aria-hidden="true" />
        </IconButton>
      )}
      {can(note, 'note.delete').allowed && (
        <IconButton size="s" label={t`Delete note`} onClick={() => void remove()}>
          <Trash2 size={13} aria-hidden="true" />
        </IconButton>
      )}
      {editing && <EditNote note={note} path={path} onClose={() => setEditing(false)} />}
    </>
  );
}

interface EditProps {
  note: MessageView;
  path: { workspace_id: string; conversation_id: string; note_seq: number };
  onClose: () => void;
}

function EditNote({ note, path, onClose }: EditProps) {
  const { t } = useLingui();
  const scope = useScope();
  const failed = useFailure();
  const people = useMentionable();
  const [text, setText] = useState(note.text);
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    const mentions = mentionsIn(text, people).map(({ kind, id }) => ({ kind, id }));
    try {
      const { data } = await noteUpdate({
        path,
        body: { version: note.version, text: text.trim(), mentions },
      });
      receiveMessage(scope, data);
      onClose();
    } catch (error) {
      setBusy(false);
      failed(t`Note not saved`, error);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Edit note`}
      description={t`Only your team sees this`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            variant="primary"
            busy={busy}
            blocked={text.trim() === '' ? t`Write something first` : undefined}
            onClick={() => void save()}
          >
            {t`Save`}
          </Button>
        </>
      }
    >
      <Field label={t`Note`} hideLabel>
        <Textarea rows={6} value={text} maxLength={10_000} onChange={({ target }) => setText(target.value)} />
      </Field>
    </Dialog>
  );
}
