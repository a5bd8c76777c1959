import { useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { flushSync } from 'react-dom';
import { draftOf, type Kind, saveDraft, useDraft } from '@/conversations/drafts';
import { useOutbox } from '@/conversations/outbox';
import { useScheduled } from '@/conversations/scheduled';
import { cx, type Refusal, Tooltip, WhyButton } from '@/design';
import { explainerOf } from '@/design/Why';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import css from './Composer.module.css';
import { ScheduledMessages } from './dialogs';
import { ModeBanner } from './ModeBanner';
import { NoteBox } from './NoteBox';
import { useOpened } from './opened';
import { PresenceLine } from './PresenceLine';
import { ReplyBox } from './ReplyBox';
import { StaleSheet } from './StaleSheet';
import { type Write, WriteContext } from './useKind';

export function Composer() {
  const { scope, conversation } = useOpened();
  const blocked = useBlocked();
  const cannotReply = blocked(conversation, 'conversation.reply');
  const cannotNote = blocked(conversation, 'note.create');
  const waiting = useScheduled(scope, conversation);
  const stale = useOutbox(scope, conversation.id).find((item) => item.state === 'stale');
  return (
    <div className={css.composer}>
      <PresenceLine />
      {!!waiting?.length && <ScheduledMessages waiting={waiting} />}
      <ModeBanner />
      {stale && <StaleSheet item={stale} />}
      {cannotReply && <Locked blocked={cannotReply} />}
      {!(cannotReply && cannotNote) && <Writing cannot={{ reply: cannotReply, note: cannotNote }} />}
    </div>
  );
}

function Locked({ blocked }: { blocked: Refusal }) {
  const { t } = useLingui();
  return (
    <p className={css.locked}>
      <Lock size={15} aria-hidden="true" />
      <span>
        {t`You can read this conversation, not answer it.`} {blocked.reason}
      </span>
      <WhyButton blocked={blocked} />
    </p>
  );
}

/** A reply and a note, each with a text of its own. Which of them is shown changes only by hand. */
function Writing({ cannot }: { cannot: Record<Kind, Refusal | undefined> }) {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const draft = useDraft(scope, conversation.id);
  const [chosen, setChosen] = useState<Kind>(() =>
    draft[draft.kind] ? draft.kind : draft.note ? 'note' : 'reply',
  );
  const kind = cannot.reply ? 'note' : cannot.note ? 'reply' : chosen;

  const write: Write = (next, more) => {
    if (cannot[next]) return;
    if (more) saveDraft(scope, conversation.id, next, draftOf(scope, conversation.id)[next] + more);
    // Letters that follow the key belong into the field.
    flushSync(() => setChosen(next));
    const field = document.getElementById(next);
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  };
  useCommand('reply', () => write('reply'));
  useCommand('note', () => write('note'));

  const tab = (each: Kind, label: ReactNode) => (
    <Tab
      kind={each}
      chosen={kind === each}
      holds={kind !== each && draft[each] !== ''}
      blocked={cannot[each]}
      onChoose={() => write(each)}
    >
      {label}
    </Tab>
  );
  return (
    <WriteContext value={write}>
      <div className={cx(css.box, kind === 'note' && css.noteBox)}>
        <div className={css.top}>
          <fieldset className={css.tabs}>
            <legend className="visually-hidden">{t`What to write`}</legend>
            {tab('reply', t`Reply`)}
            {tab(
              'note',
              <>
                <Lock size={13} aria-hidden="true" />
                {t`Note`}
              </>,
            )}
          </fieldset>
          <span className={css.to}>
            {kind === 'reply' ? (
              t`to ${conversation.customer.display_name}`
            ) : (
              <>
                <Lock size={13} aria-hidden="true" />
                {t`Only your team sees this`}
              </>
            )}
          </span>
        </div>
        {!cannot.reply && (
          <div hidden={kind !== 'reply'}>
            <ReplyBox />
          </div>
        )}
        {!cannot.note && (
          <div hidden={kind !== 'note'}>
            <NoteBox />
          </div>
        )}
      </div>
    </WriteContext>
  );
}

interface TabProps {
  kind: Kind;
  chosen: boolean;
  /** A text waits in it that is not shown. */
  holds: boolean;
  blocked: Refusal | undefined;
  onChoose: () => void;
  children: ReactNode;
}

function Tab({ kind, chosen, holds, blocked, onChoose, children }: TabProps) {
  const { t } = useLingui();
  const keys = useKeys(kind);
  return (
    <Tooltip
      text={blocked ?? (kind === 'reply' ? t`Write to the customer` : t`Write to your team`)}
      keys={keys}
    >
      <button
        type="button"
        className={css.tab}
        aria-pressed={chosen}
        aria-disabled={blocked ? true : undefined}
        onClick={blocked ? explainerOf(blocked) : onChoose}
      >
        {children}
        {holds && (
          <span className={css.dot}>
            <span className="visually-hidden">{t`(holds a draft)`}</span>
          </span>
        )}
      </button>
    </Tooltip>
  );
}
