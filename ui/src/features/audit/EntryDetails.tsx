import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { AuditEventView } from '@/api';
import { usePermissionTexts } from '@/features/rights/permissionTexts';
import { useTimes } from '@/i18n/time';
import { useNumber } from '@/i18n/useNumber';
import { Changed } from './Changed';
import css from './EntryDetails.module.css';
import { type Happening, keyOf } from './groups';
import { Said } from './Said';
import { useWords } from './words';

/** What has a line of its own, stands in the sentence, or says nothing to people. */
const told = ['code', 'decided_by', 'method', 'path', 'required_scope', 'suppressed', 'fields', 'receipt'];
const isTold = (name: string) => told.includes(name) || name.endsWith('_id');

/** Everything that was recorded of one happening. */
export function EntryDetails({ event, parts, again }: Happening) {
  const { t } = useLingui();
  const words = useWords();
  const more = Object.entries(event.detail).filter(([name, value]) => !isTold(name) && value !== null);
  return (
    <div className={css.details}>
      <Changed before={event.before} after={event.after} names={event.names} />
      <dl className={css.facts}>
        <Decision event={event} />
        {more.map(([name, value]) => (
          <Fact key={name} name={words.field(name)}>
            {words.value(value, event.names)}
          </Fact>
        ))}
        <Origin event={event} again={again} />
      </dl>
      {parts.length > 0 && (
        <div>
          <p className={css.heading}>{t`What came with it`}</p>
          <ul className={css.parts}>
            {parts.map((part) => (
              <li key={keyOf(part)}>
                <Said event={part} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Under which right it was done or refused, and what decided. */
function Decision({ event: { outcome, permission, detail } }: { event: AuditEventView }) {
  const { t } = useLingui();
  const words = useWords();
  const label = usePermissionTexts().label(permission);
  const { decided_by, method, path } = detail as Record<string, string | undefined>;
  return (
    <>
      {label !== permission && (
        <Fact name={outcome === 'denied' ? t`Missing right` : t`Right`}>
          {label} <code>{permission}</code>
        </Fact>
      )}
      {decided_by && <Fact name={t`Decided by`}>{words.decider(decided_by)}</Fact>}
      {method && path && (
        <Fact name={t`Request`}>
          <code>
            {method} {path}
          </code>
        </Fact>
      )}
    </>
  );
}

/** When exactly, and where it stands in the record; of several from the first to the last. */
function Origin({ event, again }: Omit<Happening, 'parts'>) {
  const { t } = useLingui();
  const times = useTimes();
  const number = useNumber();
  const first = again.at(-1);
  const seq = first ? `${number(first.seq)}–${number(event.seq)}` : number(event.seq);
  return (
    <>
      {event.api_key && <Fact name={t`API key`}>{event.api_key.name || event.api_key.id}</Fact>}
      <Fact name={t`When`}>
        {first && (
          <>
            <time dateTime={first.at}>{times.full(first.at)}</time> –{' '}
          </>
        )}
        <time dateTime={event.at}>{times.full(event.at)}</time>
      </Fact>
      <Fact name={t`Entry`}>
        {event.chain === 'changes' ? t`No. ${seq} of the changes` : t`No. ${seq} of refusals and reads`}{' '}
        <code>{event.kind}</code>
      </Fact>
    </>
  );
}
