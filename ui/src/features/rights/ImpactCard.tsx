import { useLingui } from '@lingui/react/macro';
import { CircleMinus, CirclePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './ImpactCard.module.css';
import { usePermissionTexts } from './permissionTexts';
import { type Grants, reachOf, useReachWord } from './reach';

interface Props {
  label: string;
  /** Whom it concerns. */
  note?: ReactNode;
  children: ReactNode;
}

/** What changes for those who hold a role or a set. */
export function ImpactCard({ label, note, children }: Props) {
  return (
    <section className={css.card} aria-label={label}>
      <h3 className={css.name}>
        {label}
        {note && <small>{note}</small>}
      </h3>
      {children}
    </section>
  );
}

interface MovesProps {
  gains: string[];
  losses: string[];
  /** With both, each line tells from what to what. */
  before?: Grants;
  after?: Grants;
}

/** What is gained and what is lost, in words. */
export function Moves({ gains, losses, before, after }: MovesProps) {
  const { t } = useLingui();
  const { label } = usePermissionTexts();
  const word = useReachWord();
  const sides = [
    { kind: 'gain', title: t`Gains`, Icon: CirclePlus, permissions: gains },
    { kind: 'loss', title: t`Loses`, Icon: CircleMinus, permissions: losses },
  ];
  return sides
    .filter(({ permissions }) => permissions.length > 0)
    .map(({ kind, title, Icon, permissions }) => (
      <div key={kind} className={css.moves} data-kind={kind}>
        <p className={css.side}>{title}</p>
        <ul aria-label={title}>
          {permissions.map((permission) => (
            <li key={permission}>
              <Icon size={14} aria-hidden="true" />
              <span>
                {label(permission)}{' '}
                {before && after && (
                  <small>
                    {word(reachOf(before, permission))} → <b>{word(reachOf(after, permission))}</b>
                  </small>
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
    ));
}
