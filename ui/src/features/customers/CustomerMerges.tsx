import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type CustomerView, customerMergesListOptions, mergeDelete } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Button, toast } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import css from './CustomerProfile.module.css';

/** Customers who became part of this one, each with the way back; nothing for whom that never happened to. */
export function CustomerMerges({ customer }: { customer: CustomerView }) {
  const { t } = useLingui();
  const workspace_id = useWorkspaceId();
  const times = useTimes();
  const failed = useFailure();
  const blocked = useBlocked()(customer, 'customer.edit');
  const path = { workspace_id, customer_id: customer.id };
  const merges = useQuery(customerMergesListOptions({ path })).data?.items ?? [];
  if (merges.length === 0) return null;

  async function part(merge_id: string) {
    try {
      await mergeDelete({ path: { workspace_id, merge_id } });
      toast({ title: t`They are two again` });
    } catch (error) {
      failed(t`Not taken apart`, error);
    }
  }

  return (
    <section className={css.section} aria-label={t`Merged customers`}>
      <h3 className={css.heading}>{t`Merged customers`}</h3>
      <ul className={css.merges}>
        {merges.map(({ id, merged_by, merged_at }) => (
          <li key={id} className={css.header}>
            <span>{t`Merged by ${merged_by.name}, ${times.date(merged_at)}`}</span>
            <Button size="s" blocked={blocked} onClick={() => void part(id)}>
              {t`Take apart`}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
