import { useLingui } from '@lingui/react/macro';
import { AlarmClock, CalendarClock, Check, ChevronDown } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { type ConversationView, can, isPreviewed, scheduledMessageCreate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { useActions } from '@/conversations/actions';
import { findConversation } from '@/conversations/cache';
import { takeInserted, variablesIn } from '@/conversations/canned';
import { useTakeBack } from '@/conversations/hold';
import { send } from '@/conversations/outbox';
import { putBack } from '@/conversations/putBack';
import { rescheduled } from '@/conversations/scheduled';
import { rememberUndo } from '@/conversations/undo';
import { Kbd, Menu, MenuItem, Tooltip } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useCommand, useKeys } from '@/keyboard';
import { useSendPresence, useSendTyping } from '@/realtime/presence';
import css from './Composer.module.css';
import { MomentDialog } from './dialogs';
import { useOpened } from './opened';
import { ReplyPopup } from './popups';
import { useWriting } from './useWriting';
import { WritingBox } from './WritingBox';

/** An answer to the customer. */
export function ReplyBox() {
  const { t } = useLingui();
  const { scope, conversation, advance } = useOpened();
  const { id, customer } = conversation;
  const actions = useActions();
  const blocked = useBlocked();
  const writing = useWriting('reply');
  const { text, refused } = writing;
  const field = useRef<HTMLTextAreaElement>(null);
  const [focused, setFocused] = useState(false);
  const [asking, setAsking] = useState<'snooze' | 'later' | null>(null);
  const takeBack = useTakeBack();
  const failed = useFailure();
  const typing = useSendTyping(scope, id);
  useSendPresence(scope, id, focused && text !== '');
  const cannotClose = blocked(conversation, 'conversation.set_status');

  /** Sends, and then does what was asked for with the conversation, if the answer really is on its way. */
  async function submit(then?: (conversation: ConversationView) => void) {
    if (refused) return;
    typing.stop();
    const sending = send({ ...writing.take(), mentions: [], canned: takeInserted(id) });
    // The key for undo means this answer from now on, also before it is known whether it is held.
    const undo = rememberUndo(async () => {
      const held = await sending;
      if (held?.state === 'held') void takeBack(held);
    });
    const sent = await sending;
    if (sent?.state === 'held') undo.offer(t`Sending…`, t`Undo`);
    else undo.forget();
    const current = findConversation(scope, id);
    if (sent && then && current && !cannotClose) {
      advance();
      then(current);
    }
  }
  const submitDone = () => void submit((current) => void actions.done(current));

  async function schedule(moment: Date) {
    typing.stop();
    const { text, attachments } = writing.take();
    try {
      await scheduledMessageCreate({
        path: { workspace_id: scope.workspace, conversation_id: id },
        body: { text, attachments: attachments.map((file) => file.id), send_at: moment.toISOString() },
      });
      rescheduled(scope, id);
    } catch (error) {
      putBack(scope, id, { text, attachments });
      failed(t`Not scheduled`, error);
    }
  }

  function onType() {
    const first = text === '' && conversation.assignee === null && conversation.status === 'open';
    typing.typed();
    if (first && !isPreviewed(scope.workspace) && can(conversation, 'conversation.claim').allowed)
      void actions.claim(conversation);
  }

  useCommand('send', () => void submit(), focused);
  useCommand('sendDone', submitDone, focused);
  const sendKeys = useKeys('send');
  const doneKeys = useKeys('sendDone');

  return (
    <WritingBox
      id="reply"
      writing={writing}
      field={field}
      label={t`Reply to ${customer.display_name}`}
      placeholder={t`Write a reply… / for ready answers`}
      popup={ReplyPopup}
      onType={onType}
      onFocus={setFocused}
      hints={<Unfilled text={text} field={field} />}
    >
      <div className={css.send} data-blocked={refused !== undefined}>
        <Tooltip text={refused}>
          <button type="button" aria-disabled={refused ? true : undefined} onClick={() => void submit()}>
            {t`Send`}
            {sendKeys && <Kbd keys={sendKeys} />}
          </button>
        </Tooltip>
        <Menu
          align="end"
          side="top"
          trigger={
            <button type="button">
              <ChevronDown size={15} aria-hidden="true" />
              <span className="visually-hidden">{t`More ways to send`}</span>
            </button>
          }
        >
          <MenuItem
            icon={<Check size={15} />}
            keys={doneKeys}
            blocked={refused ?? cannotClose}
            onSelect={submitDone}
          >
            {t`Send and mark done`}
          </MenuItem>
          <MenuItem
            icon={<AlarmClock size={15} />}
            blocked={refused ?? cannotClose}
            onSelect={() => setAsking('snooze')}
          >
            {t`Send and snooze…`}
          </MenuItem>
          <MenuItem icon={<CalendarClock size={15} />} blocked={refused} onSelect={() => setAsking('later')}>
            {t`Send later…`}
          </MenuItem>
        </Menu>
      </div>
      {asking && (
        <MomentDialog
          title={asking === 'snooze' ? t`Send, and snooze until` : t`Send later`}
          confirm={asking === 'snooze' ? t`Send and snooze` : t`Schedule`}
          onClose={() => setAsking(null)}
          onChoose={(moment) =>
            asking === 'snooze'
              ? void submit((current) => void actions.snooze(current, moment))
              : void schedule(moment)
          }
        />
      )}
    </WritingBox>
  );
}

/** What a ready answer could not know about this customer; pressing one marks it in the text. */
function Unfilled({ text, field }: { text: string; field: RefObject<HTMLTextAreaElement | null> }) {
  const { t } = useLingui();
  const variables = variablesIn(text);
  if (variables.length === 0) return null;
  return (
    <div className={css.hints} role="status">
      <p>
        {t`Still to fill in:`}
        {variables.map(({ name, from, to }) => (
          <button
            key={from}
            type="button"
            className={css.variable}
            onClick={() => {
              field.current?.focus();
              field.current?.setSelectionRange(from, to);
            }}
          >
            {name}
          </button>
        ))}
      </p>
    </div>
  );
}
