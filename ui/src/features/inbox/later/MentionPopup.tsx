import { useLingui } from '@lingui/react/macro';
import { Lock, Users } from 'lucide-react';
import { useMentionable } from '@/conversations/mentions';
import { Avatar } from '@/design';
import { fold } from '@/features/search/marked';
import { useWriteNote } from '../useKind';
import type { PopupProps } from '../WritingBox';
import { Suggestions } from './Suggestions';

const MOST = 8;

/** Colleagues and teams whose name begins like what was typed. */
export function MentionPopup({ trigger, field, onInsert, onClose }: PopupProps) {
  const { t } = useLingui();
  const query = fold(trigger.query);
  const found = useMentionable().filter(({ name }) =>
    [fold(name), ...fold(name).split(' ')].some((part) => part.startsWith(query)),
  );
  return (
    <Suggestions
      title={t`Mention`}
      field={field}
      onClose={onClose}
      options={found.slice(0, MOST).map(({ kind, id, name, detail, light }) => ({
        id,
        choose: () => onInsert(`@${name} `),
        content: (
          <>
            {kind === 'team' ? (
              <Users size={18} aria-hidden="true" />
            ) : (
              <Avatar name={name} size={24} light={light} />
            )}
            {name}
            <small>{kind === 'team' ? t`Everybody in the team` : detail}</small>
          </>
        ),
      }))}
    />
  );
}

/** In an answer nobody can be named: what is meant is a note. */
export function NoteInstead({ trigger, field, onClose, onInsert }: PopupProps) {
  const { t } = useLingui();
  const write = useWriteNote();
  if (trigger.query !== '') return null;
  return (
    <Suggestions
      title={t`Mention`}
      field={field}
      onClose={onClose}
      options={[
        {
          id: 'note',
          choose: () => {
            onInsert('');
            write('@');
          },
          content: (
            <>
              <Lock size={16} aria-hidden="true" />
              {t`Write a note instead`}
              <small>{t`Customers see no mentions`}</small>
            </>
          ),
        },
      ]}
    />
  );
}
