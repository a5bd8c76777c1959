import { useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
import { useMembers } from '@/conversations/members';
import { type Mentionable, type NoteOn, useUnseen } from '@/conversations/mentions';
import css from './Composer.module.css';
import { secretIn } from './secret';

interface Props {
  on: NoteOn;
  text: string;
  mentions: Mentionable[];
}

/** What its author should know before a note is added: who will not get to read it, and what it gives away. */
export function NoteHints({ on, text, mentions }: Props) {
  const { t } = useLingui();
  const members = useMembers();
  const unseen = useUnseen(on, mentions).map(({ member_id }) => member_id);
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
