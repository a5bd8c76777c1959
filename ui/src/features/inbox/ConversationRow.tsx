import { Trans, useLingui } from '@lingui/react/macro';
import { AlarmClock, PenLine, Timer } from 'lucide-react';
import { memo } from 'react';
import type { ConversationView } from '@/api';
import { textOf, useDraft } from '@/conversations/drafts';
import type { Scope } from '@/conversations/scope';
import { Avatar, Badge } from '@/design';
import { useTimes } from '@/i18n/time';
import { useCustomerTyping, usePresence } from '@/realtime';
import { ChannelGlyph } from './ChannelGlyph';
import css from './ConversationList.module.css';
import { LabelChips } from './LabelMenu';
import type { InboxRow } from './useInboxList';

interface Props {
  row: InboxRow;
  href: string;
  scope: Scope;
  /** In a list where everything is one's own it goes without saying. */
  mine: boolean;
  index: number;
  count: number;
  height: number;
  opened: boolean;
  selected: boolean;
  /** Whether anything is: then every row shows where to tick it. */
  selecting: boolean;
  tabbable: boolean;
}

export const ConversationRow = memo(Row, (a, b) => {
  const { row: rowA, ...restA } = a;
  const { row: rowB, ...restB } = b;
  return (
    rowA.conversation === rowB.conversation &&
    rowA.gone === rowB.gone &&
    Object.entries(restA).every(([name, value]) => restB[name as keyof typeof restB] === value)
  );
});

function Row({ row, href, scope, mine, index, count, height, opened, selected, selecting, tabbable }: Props) {
  const { conversation, gone } = row;
  const { customer, unread_count: unread, assignee } = conversation;
  const { t } = useLingui();
  const times = useTimes();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a list of which only a part is drawn.
    <div
      role="listitem"
      aria-setsize={count}
      aria-posinset={index + 1}
      className={css.row}
      style={{ transform: `translateY(${index * height}px)`, height }}
      data-opened={opened || undefined}
      data-unread={unread > 0 || undefined}
      data-gone={gone || undefined}
      data-selected={selected || undefined}
      data-selecting={selecting || undefined}
    >
      <div className={css.rowInner}>
        <a
          href={href}
          data-id={conversation.id}
          className={css.link}
          tabIndex={tabbable ? 0 : -1}
          aria-current={opened || undefined}
        >
          <span className="visually-hidden">{customer.display_name}</span>
        </a>
        <span className={css.face}>
          <Avatar name={customer.display_name} size={height < 60 ? 24 : 36} />
          <ChannelGlyph kind={conversation.channel.kind} />
          {/* Clicks are taken by the list; the keyboard has a key for it. */}
          <input
            type="checkbox"
            className={css.check}
            data-check={conversation.id}
            checked={selected}
            readOnly
            tabIndex={-1}
            aria-label={t`Select ${customer.display_name}`}
          />
        </span>
        <div className={css.text}>
          <div className={css.line}>
            <span className={css.name} aria-hidden="true">
              {customer.display_name}
            </span>
            <time className={css.time} dateTime={conversation.last_activity_at}>
              {times.ago(conversation.last_activity_at)}
            </time>
          </div>
          <div className={css.line}>
            <Preview conversation={conversation} scope={scope} gone={gone} />
            {unread > 0 && (
              <span className={css.unread}>
                {unread}
                <span className="visually-hidden">
                  {' '}
                  <Trans>unread</Trans>
                </span>
              </span>
            )}
          </div>
          <div className={css.facts}>
            <Facts conversation={conversation} />
            {assignee && !mine && (
              <span className={css.assignee}>
                <Avatar name={assignee.name} size={20} />
                <span className="visually-hidden">
                  <Trans>Assigned to {assignee.name}</Trans>
                </span>
              </span>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The most telling thing: who is busy here, one's own draft, or the last message. */
function Preview({
  conversation,
  scope,
  gone,
}: {
  conversation: ConversationView;
  scope: Scope;
  gone: boolean;
}) {
  const { t } = useLingui();
  const writing = usePresence(conversation.id).find((member) => member.state === 'replying');
  const typing = useCustomerTyping(conversation.id);
  const draft = textOf(useDraft(scope, conversation.id));
  const { preview, assignee, status } = conversation;

  if (gone) {
    const taken = status === 'open' && assignee && assignee.id !== scope.member;
    return (
      <span className={css.preview}>{taken ? t`${assignee.name} took this` : t`No longer in this list`}</span>
    );
  }
  if (writing) {
    return (
      <span className={css.writing}>
        <PenLine size={13} aria-hidden="true" />
        {t`${writing.name} is replying…`}
      </span>
    );
  }
  if (typing) return <span className={css.typing}>{t`typing…`}</span>;
  if (draft) {
    return (
      <span className={css.preview}>
        <b className={css.draft}>{t`Draft:`}</b> {draft}
      </span>
    );
  }
  const own = preview && preview.author_kind !== 'customer';
  return (
    <span className={css.preview}>
      {conversation.subject && <b>{conversation.subject} · </b>}
      {own && preview.author_kind === 'member' && t`Team: `}
      {own && preview.author_kind === 'ai' && t`AI: `}
      {preview?.text}
    </span>
  );
}

function Facts({ conversation }: { conversation: ConversationView }) {
  const { t } = useLingui();
  const times = useTimes();
  const { status, snoozed_until, waiting_since, mode, channel } = conversation;
  const busy = status === 'open' && waiting_since;
  return (
    <>
      {status === 'snoozed' && snoozed_until && (
        <Badge icon={<AlarmClock size={11} aria-hidden="true" />}>
          {times.soon(new Date(snoozed_until))}
        </Badge>
      )}
      {busy && (
        <Badge tone="warn" icon={<Timer size={11} aria-hidden="true" />}>
          <span className="visually-hidden">{t`Waiting for`} </span>
          {times.ago(waiting_since)}
        </Badge>
      )}
      {mode === 'ai' && <Badge tone="ai">{t`AI`}</Badge>}
      {mode === 'handoff' && <Badge tone="danger">{t`AI asks for a person`}</Badge>}
      <LabelChips ids={conversation.label_ids} most={2} />
      {conversation.label_ids.length === 0 && <span className={css.channel}>{channel.name}</span>}
    </>
  );
}
