import { type CustomerView, customerShowOptions } from '@/api';
import { patch } from '@/app/patch';

const keyOf = (workspace: string, customer: string) =>
  customerShowOptions({ path: { workspace_id: workspace, customer_id: customer } }).queryKey;

/** Takes in what the server says of a customer, unless something newer is here already. */
export function receiveCustomer(workspace: string, next: CustomerView) {
  patch(
    keyOf(workspace, next.id),
    (known) => (known && known.version > next.version ? known : next),
    (known) => (known && known.version >= next.version ? known : next),
  );
}

/** Shows a label on a customer, or shows it no more, before the server has said so. */
export function showLabel(workspace: string, customer: string, label: string, on: boolean) {
  patch(keyOf(workspace, customer), (known) => {
    const others = known?.label_ids.filter((id) => id !== label) ?? [];
    return known && { ...known, label_ids: on ? [...others, label] : others };
  });
}
