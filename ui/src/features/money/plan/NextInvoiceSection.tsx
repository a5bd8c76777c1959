import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { BillingOverview } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { Section } from '@/design';
import { useTimes } from '@/i18n/time';
import { Lines } from '../Lines';
import css from '../money.module.css';

/** What the next invoice comes to, if nothing changes. */
export function NextInvoiceSection({ billing }: { billing: BillingOverview }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const { date } = useTimes();
  const next = billing.next_invoice;
  return (
    <Section
      title={t`Next invoice`}
      description={next ? t`On ${date(next.at)}, if nothing changes until then.` : undefined}
    >
      {next ? (
        <Lines
          caption={t`Next invoice`}
          lines={next.lines}
          total={[t`Total`, next.total]}
          currency={billing.currency}
        />
      ) : (
        <p className={css.quiet}>
          {billing.till === 'none'
            ? t`No invoices are written here: the plan is managed by your operator.`
            : t`No invoice is to come.`}
        </p>
      )}
      {billing.till !== 'none' && (
        <Link to={paths.settings(workspace, 'invoices')} className={css.link}>
          {t`All invoices`}
        </Link>
      )}
    </Section>
  );
}
