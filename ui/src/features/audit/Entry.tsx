import { Plural, useLingui } from '@lingui/react/macro';
import { ChevronDown, Cog, Eye, Globe, MessageCircle, ShieldX, UserRound } from 'lucide-react';
import { useId, useState } from 'react';
import type { AuditEventView } from '@/api';
import { Avatar, Badge, cx, IconButton } from '@/design';
import { useTimes } from '@/i18n/time';
import { Brief } from './Changed';
import css from './Entry.module.css';
import { EntryDetails } from './EntryDetails';
import type { Happening } from './groups';
import { useKindName } from './kinds';
import { Said } from './Said';

/** One line of the log; it opens to everything that was recorded. */
export function Entry({ happening: { event, parts, again } }: { happening: Happening }) {
  const { t } = useLingui();
  const times = useTimes();
  const details = useId();
  const [isOpen, setOpen] = useState(false);
  const what = `${useKindName()(event.kind)}, ${times.clock(event.at)}`;
  return (
    <li className={cx(css.entry, isOpen && css.open)}>
      {/* The button beside does the same for the keyboard and for screen readers. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a larger target for the pointer only */}
      <div className={css.line} onClick={(clicked) => isLinkIn(clicked) || setOpen(!isOpen)}>
        <Face event={event} />
        <div className={css.text}>
          <p className={css.sentence}>
            <Said event={event} />
          </p>
          <Brief event={event} />
          <Marks event={event} parts={parts.length} times={again.length + 1} />
        </div>
        <time className={css.time} dateTime={event.at} title={times.full(event.at)}>
          {times.clock(event.at)}
        </time>
        <IconButton
          size="s"
          label={isOpen ? t`Hide the details: ${what}` : t`Show the details: ${what}`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? details : undefined}
          className={css.toggle}
          onClick={(clicked) => {
            clicked.stopPropagation();
            setOpen(!isOpen);
          }}
        >
          <ChevronDown size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {isOpen && (
        <div id={details} className={css.details}>
          <EntryDetails event={event} parts={parts} again={again} />
        </div>
      )}
    </li>
  );
}

const isLinkIn = (clicked: React.MouseEvent) => (clicked.target as Element).closest('a') !== null;

const faces = { visitor: MessageCircle, channel: Globe, duty: Cog, account: UserRound };

function Face({ event: { actor } }: { event: AuditEventView }) {
  if (actor.name && actor.kind !== 'channel') return <Avatar name={actor.name} />;
  const Icon = faces[actor.kind as keyof typeof faces] ?? UserRound;
  return (
    <span className={css.face}>
      <Icon size={15} aria-hidden="true" />
    </span>
  );
}

function Marks({ event, parts, times }: { event: AuditEventView; parts: number; times: number }) {
  const { t } = useLingui();
  const suppressed = Number(event.detail.suppressed ?? 0);
  if (event.outcome === 'done' && !event.api_key && parts === 0 && times === 1) return null;
  return (
    <p className={css.marks}>
      {event.outcome === 'denied' && (
        <Badge tone="danger" icon={<ShieldX size={12} aria-hidden="true" />}>
          {t`Refused`}
        </Badge>
      )}
      {event.outcome === 'read' && (
        <Badge tone="note" icon={<Eye size={12} aria-hidden="true" />}>
          {t`Looked at`}
        </Badge>
      )}
      {times > 1 && (
        <Badge>
          <Plural value={times} one="once" other="# times" />
        </Badge>
      )}
      {suppressed > 0 && (
        <Badge tone="warn">
          <Plural value={suppressed} one="and # more before" other="and # more before" />
        </Badge>
      )}
      {event.api_key && <Badge>{t`by API key ${event.api_key.name}`}</Badge>}
      {parts > 0 && (
        <Badge>
          <Plural value={parts} one="and # thing with it" other="and # things with it" />
        </Badge>
      )}
    </p>
  );
}
