import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { createStore, IconButton, useStore } from '@/design';
import { soon } from '@/design/soon';
import { useMedia } from '@/design/useMedia';
import css from './CustomerPane.module.css';
import { useOpened } from './opened';

/** The conversation is there first; who it is with may come a moment later. */
const CustomerProfile = soon(() =>
  import('@/features/customers/CustomerProfile').then((it) => it.CustomerProfile),
);

/** Whether the pane lies over the thread, where there is no room beside it. */
export const customerDrawer = createStore(false);

export function CustomerPane() {
  const { t } = useLingui();
  const { conversation } = useOpened();
  const drawer = useMedia('(max-width: 1320px)');
  const open = useStore(customerDrawer);
  if (drawer && !open) return null;
  return (
    <aside className={css.pane} aria-label={t`Customer`}>
      {drawer && (
        <IconButton label={t`Close`} className={css.close} onClick={() => customerDrawer.set(false)}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
      <CustomerProfile id={conversation.customer.id} current={conversation.id} />
    </aside>
  );
}
