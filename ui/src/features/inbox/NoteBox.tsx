import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { mentionsIn, useMentionable } from '@/conversations/mentions';
import { send } from '@/conversations/outbox';
import { Kbd, Tooltip } from '@/design';
import { useCommand, useKeys } from '@/keyboard';
import css from './Composer.module.css';
import { NoteHints } from './NoteHints';
import { useOpened } from './opened';
import { NotePopup } from './popups';
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
      id="note"
      writing={writing}
      field={field}
      label={t`Note for the team`}
      placeholder={t`Write a note… @ names a colleague`}
      popup={NotePopup}
      onFocus={setFocused}
      hints={<NoteHints on={{ conversation_id: conversation.id }} text={text} mentions={mentions} />}
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
