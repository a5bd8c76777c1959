import { useLingui } from '@lingui/react/macro';
import { ArrowRight } from 'lucide-react';
import type { PolicyChanged, RoleChoice } from '@/api';
import { Section } from '@/design';
import css from './PoliciesChanged.module.css';
import { usePolicyTexts } from './usePolicyTexts';

/** The rules that would be other ones. */
export function PoliciesChanged({ changes, roles }: { changes: PolicyChanged[]; roles: RoleChoice[] }) {
  const { t } = useLingui();
  const texts = usePolicyTexts();
  const named = (keys: string[]) => keys.map((key) => roles.find((role) => role.key === key)?.label ?? key);
  const say = (policy: string, value: unknown) =>
    texts[policy]?.say(policy === 'low_balance_recipients' ? named(value as string[]) : value) ?? '';
  // A pack that leaves a rule out says what another one says by its default.
  const told = changes.filter(
    ({ policy, from, to }) => texts[policy] && say(policy, from) !== say(policy, to),
  );
  if (told.length === 0) return null;
  return (
    <Section title={t`Rules that change`} flush>
      <ul className={css.list}>
        {told.map(({ policy, from, to }) => (
          <li key={policy}>
            <b>{texts[policy]?.label}</b>
            <span className={css.from}>{say(policy, from)}</span>
            <ArrowRight size={14} aria-label={t`becomes`} />
            <span className={css.to}>{say(policy, to)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
