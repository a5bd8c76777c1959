import { useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { useMembers } from '@/conversations/members';
import { type Mentionable, mentionsIn, useMentionable, useUnseen } from '@/conversations/mentions';
import { send } from '@/conversations/outbox';
import { Kbd, Tooltip } from '@/design';
import { useCommand, useKeys } from '@/keyboard';
import css from './Composer.module.css';
import { useOpened } from './opened';
import { NotePopup } from './popups';
import { secretIn } from './secret';
import { useWriting } from './useWriting';
import { WritingBox } from './WritingBox';

/** A note for the team. No customer ever sees one. */
export function NoteBox() {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const writing = useWriting('note');
  const { text, refused } = writing;
  const field = useRef<HTMLTextAreaElement>(null);
  const [focused, setFocused] = useState(false);
  const people = useMentionable();
  const mentions = mentionsIn(text, people);
  const keys = useKeys('send');

  function submit() {
    if (refused) return;
    void send({ ...writing.take(), mentions: mentions.map(({ kind, id }) => ({ kind, id })) });
  }
  useCommand('send', submit, focused);

  return (
    <WritingBox
      kind="note"
      writing={writing}
      field={field}
      label={t`Note for the team`}
      placeholder={t`Write a note… @ names a colleague`}
      popup={NotePopup}
      onFocus={setFocused}
      hints={<Hints conversation={conversation.id} text={text} mentions={mentions} />}
    >
      <div className={css.send} data-blocked={refused !== undefined}>
        <Tooltip text={refused}>
          <button type="button" aria-disabled={refused ? true : undefined} onClick={submit}>
            {t`Add note`}
            {keys && <Kbd keys={keys} />}
          </button>
        </Tooltip>
      </div>
    </WritingBox>
  );
}

interface HintProps {
  conversation: string;
  text: string;
  mentions: Mentionable[];
}

/** What its author should know before a note is added: who will not get to read it, and what it gives away. */
function Hints({ conversation, text, mentions }: HintProps) {
  const { t } = useLingui();
  const members = useMembers();
  const unseen = useUnseen(conversation, mentions).map(({ member_id }) => member_id);
  const secret = secretIn(text);
  const names = members
    .filter(({ id }) => unseen.includes(id))
    .map(({ name }) => name)
    .join(', ');
  if (!names && !secret) return null;
  return (
    <div className={css.hints} role="status">
      {names && (
        <p>
          <TriangleAlert size={14} aria-hidden="true" />
          {t`Does not see this note, and will not be told: ${names}`}
        </p>
      )}
      {secret && (
        <p>
          <TriangleAlert size={14} aria-hidden="true" />
          {secret === 'card'
            ? t`This looks like a card number. Notes are kept; better leave it out.`
            : t`This looks like a password. Notes are kept; better leave it out.`}
        </p>
      )}
    </div>
  );
}
