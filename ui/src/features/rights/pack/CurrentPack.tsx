import { useLingui } from '@lingui/react/macro';
import type { PolicyPackView, RoleChoice } from '@/api';
import { Badge, Section } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import css from './CurrentPack.module.css';
import { usePolicyTexts } from './usePolicyTexts';

/** The pack in use: what it says of itself, and every rule of it in plain words. */
export function CurrentPack({ pack, roles }: { pack: PolicyPackView; roles: RoleChoice[] }) {
  const { t, i18n } = useLingui();
  const text = usePackText();
  const policies = usePolicyTexts();
  const values: Record<string, unknown> = pack.policies;
  const named = (keys: string[]) => keys.map((key) => roles.find((role) => role.key === key)?.label ?? key);
  const labels = pack.ready_labels.flatMap(({ name }) =>
    name ? [i18n.locale === 'es' ? name.es : name.en] : [],
  );
  return (
    <Section
      title={pack.title}
      description={text(pack.description)}
      actions={<Badge tone="accent">{t`In use`}</Badge>}
    >
      <dl className={css.policies}>
        <div>
          <dt>{t`Built-in roles`}</dt>
          <dd>{roles.map(({ label }) => label).join(', ')}</dd>
        </div>
        {Object.entries(policies).map(([policy, { label, say }]) => (
          <div key={policy}>
            <dt>{label}</dt>
            <dd>
              {say(policy === 'low_balance_recipients' ? named(values[policy] as string[]) : values[policy])}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t`Labels to begin with`}</dt>
          <dd>{labels.join(', ') || t`None`}</dd>
        </div>
      </dl>
    </Section>
  );
}
