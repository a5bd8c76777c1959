import { useLingui } from '@lingui/react/macro';
import type { PolicyChanged, RoleChoice } from '@/api';
import { Section } from '@/design';
import css from './PoliciesChanged.module.css';
import { usePolicyTexts } from './usePolicyTexts';

/** The rules that would be other ones. */
export function PoliciesChanged({ changes, roles }: { changes: PolicyChanged[]; roles: RoleChoice[] }) {
  const { t } = useLingui();
  const texts = usePolicyTexts();
  const named = (value: unknown) =>
    Array.isArray(value)
      ? value.map((key: string) => roles.find((role) => role.key === key)?.label ?? key)
      : value;
  const say = (policy: string, value: unknown) =>
    texts[policy]?.say(policy === 'low_balance_recipients' ? named(value) : value) ?? '';
  // A pack that leaves a rule out says what another one says by its default.
  const told = changes.filter(
    ({ policy, from, to }) => texts[policy] && say(policy, from) !== say(policy, to),
  );
  if (told.length === 0) return null;
  return (
    <Section title={t`Rules that change`} flush>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`Rule`}</th>
              <th scope="col">{t`Now`}</th>
              <th scope="col">{t`Then`}</th>
            </tr>
          </thead>
          <tbody>
            {told.map(({ policy, from, to }) => (
              <tr key={policy}>
                <th scope="row">{texts[policy]?.label}</th>
                <td>{say(policy, from)}</td>
                <td>{say(policy, to)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
