import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreditsView, MemberCreditsView } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Button, Section } from '@/design';
import { peopleOptions } from '@/features/settings/members/people';
import { useBlocked } from '@/i18n/reason';
import { useNumber } from '@/i18n/useNumber';
import css from '../table.module.css';
import { CapDialog } from './CapDialog';

/** Who used how much this month, and how much each may. */
export function MembersSection({ pool }: { pool: CreditsView }) {
  const { t } = useLingui();
  const number = useNumber();
  const [capped, setCapped] = useState<MemberCreditsView>();
  const blocked = useBlocked()(pool, 'billing.manage');
  const shown = [...(pool.by_member ?? []), ...useOthers(pool)];
  if (!pool.by_member) return null;
  return (
    <Section title={t`This month by member`} flush>
      <div className={css.frame}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`Who`}</th>
              <th scope="col" className={css.number}>
                {t`Used`}
              </th>
              <th scope="col" className={css.number}>
                {t`At most a month`}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t`More`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.member.id}>
                <th scope="row">{each.member.name}</th>
                <td className={css.number}>{number(each.consumed)}</td>
                <td className={css.number}>{each.cap === null ? t`No limit` : number(each.cap)}</td>
                <td className={css.end}>
                  <Button
                    size="s"
                    blocked={blocked}
                    onClick={() => setCapped(each)}
                    aria-label={t`Limit for ${each.member.name}`}
                  >
                    {t`Limit…`}
                  </Button>
                </td>
              </tr>
            ))}
            {pool.unattributed !== undefined && (
              <tr>
                <th scope="row">{t`Nobody in particular, as the AI`}</th>
                <td className={css.number}>{number(pool.unattributed)}</td>
                <td />
                <td />
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {capped && <CapDialog of={capped} onClose={() => setCapped(undefined)} />}
    </Section>
  );
}

/** Members who used none yet, for who may limit them before they do. */
function useOthers({ by_member = [] }: CreditsView): MemberCreditsView[] {
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere();
  const enabled = !blocked('billing.manage') && !blocked('member.view');
  const people = useQuery({ ...peopleOptions(workspace, 'here'), enabled }).data ?? [];
  return people
    .filter(({ id }) => !by_member.some(({ member }) => member.id === id))
    .map(({ id, name }) => ({ member: { id, name, former: false }, consumed: 0, cap: null }));
}
