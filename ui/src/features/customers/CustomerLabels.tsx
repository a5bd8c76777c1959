import { useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { type CustomerView, customerLabelDelete, customerLabelPut, type LabelView } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { IconButton, Menu } from '@/design';
import { LabelChecks, LabelChips } from '@/features/inbox/LabelMenu';
import { useBlocked } from '@/i18n/reason';
import css from './CustomerProfile.module.css';
import { receiveCustomer, showLabel } from './customers';

/** The labels of a customer, in whichever conversation one meets them. */
export function CustomerLabels({ customer }: { customer: CustomerView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const failed = useFailure();
  const blocked = useBlocked()(customer, 'label.apply');
  const path = { workspace_id: workspace, customer_id: customer.id };

  async function change({ id: label_id }: LabelView, on: boolean) {
    showLabel(workspace, customer.id, label_id, on);
    try {
      const request = on ? customerLabelPut : customerLabelDelete;
      const { data } = await request({ path: { ...path, label_id } });
      receiveCustomer(workspace, data);
    } catch (error) {
      showLabel(workspace, customer.id, label_id, !on);
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
