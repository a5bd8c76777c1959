import { useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import {
  type CustomerView,
  customerLabelDelete,
  customerLabelPut,
  customerShowQueryKey,
  type LabelView,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { IconButton, Menu } from '@/design';
import { LabelChecks, LabelChips } from '@/features/inbox/LabelMenu';
import { useBlocked } from '@/i18n/reason';
import css from './CustomerProfile.module.css';

/** The labels of a customer, in whichever conversation one meets them. */
export function CustomerLabels({ customer }: { customer: CustomerView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failed = useFailure();
  const blocked = useBlocked()(customer, 'label.apply');
  const path = { workspace_id: workspace, customer_id: customer.id };

  async function change({ id: label_id }: LabelView, on: boolean) {
    const key = customerShowQueryKey({ path });
    const show = (label_ids: string[]) =>
      queryClient.setQueryData(key, (known) => known && { ...known, label_ids });
    const others = customer.label_ids.filter((id) => id !== label_id);
    show(on ? [...others, label_id] : others);
    try {
      const request = on ? customerLabelPut : customerLabelDelete;
      const { data } = await request({ path: { ...path, label_id } });
      queryClient.setQueryData(key, data);
    } catch (error) {
      show(customer.label_ids);
      failed(t`Labels not changed`, error);
    }
  }

  return (
    <section className={css.section} aria-label={t`Labels of the customer`}>
      <header className={css.header}>
        <h3 className={css.heading}>{t`Labels`}</h3>
        <Menu
          align="end"
          trigger={
            <IconButton size="s" label={t`Change the customer's labels`}>
              <Plus size={14} aria-hidden="true" />
            </IconButton>
          }
        >
          <LabelChecks
            ids={customer.label_ids}
            blocked={blocked}
            onChange={(label, on) => void change(label, on)}
          />
        </Menu>
      </header>
      {customer.label_ids.length > 0 ? (
        <div className={css.labels}>
          <LabelChips ids={customer.label_ids} most={20} />
        </div>
      ) : (
        <p className={css.none}>{t`None`}</p>
      )}
    </section>
  );
}
