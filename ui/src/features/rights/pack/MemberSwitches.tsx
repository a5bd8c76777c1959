import { Plural, useLingui } from '@lingui/react/macro';
import { ArrowRight, ChevronDown } from 'lucide-react';
import type { MemberSwitch } from '@/api';
import { Avatar, Badge, Section } from '@/design';
import { Moves } from '../ImpactCard';
import { inMatrixOrder } from '../permissionTexts';
import css from './MemberSwitches.module.css';

/** What everybody gets, gains and loses. */
export function MemberSwitches({ members, busy }: { members: MemberSwitch[]; busy: boolean }) {
  const { t } = useLingui();
  return (
    <Section
      title={t`What it means for everybody`}
      description={t`Open a person to see what they gain and lose.`}
      flush
    >
      <ul className={css.list} aria-busy={busy || undefined}>
        {members.map((member) => (
          <Row key={member.member_id} member={member} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ member: { name, from_role, to_role, gains, losses } }: { member: MemberSwitch }) {
  const { t } = useLingui();
  const same = gains.length === 0 && losses.length === 0;
  const line = (
    <>
      <Avatar name={name} size={28} />
      <b className={css.name}>{name}</b>
      <span className={css.roles}>
        <Badge>{from_role.label}</Badge>
        <ArrowRight size={14} aria-label={t`becomes`} />
        <Badge tone="accent">{to_role.label}</Badge>
      </span>
      <span className={css.figures}>
        {same ? (
          t`The same rights`
        ) : (
          <>
            <span data-kind="gain">
              <Plural value={gains.length} _0="gains nothing" one="gains #" other="gains #" />
            </span>
            <span data-kind="loss">
              <Plural value={losses.length} _0="loses nothing" one="loses #" other="loses #" />
            </span>
          </>
        )}
      </span>
    </>
  );
  return (
    <li>
      {same ? (
        <div className={css.line}>{line}</div>
      ) : (
        <details className={css.details}>
          <summary className={css.line}>
            {line}
            <ChevronDown size={15} aria-hidden="true" className={css.chevron} />
          </summary>
          <div className={css.moves}>
            <Moves gains={inMatrixOrder(gains)} losses={inMatrixOrder(losses)} />
          </div>
        </details>
      )}
    </li>
  );
}
