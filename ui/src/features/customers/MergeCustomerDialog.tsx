import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CustomerView, customerMerge, customersListOptions } from '@/api';
import { useFailure } from '@/app/useFailure';
import { UNDO } from '@/conversations/act';
import { useScope } from '@/conversations/scope';
import { Button, Dialog, RadioGroup, Skeleton } from '@/design';
import { SearchField } from '@/design/SearchField';
import { useSearchText } from '@/design/useSearchText';
import { useOfferUndo } from '@/features/inbox/later/useOfferUndo';
import { useTimes } from '@/i18n/time';
import css from './MergeCustomerDialog.module.css';

/** So many are offered; whoever is not among them is found by searching. */
const OFFERED = 8;

interface Props {
  customer: CustomerView;
  onClose: () => void;
  onMerged: (into: string) => void;
}

/** Makes two customers one: who the other is, which of them stays, and a look at both before. */
export function MergeCustomerDialog({ customer, onClose, onMerged }: Props) {
  const { t } = useLingui();
  const { workspace } = useScope();
  const failed = useFailure();
  const offer = useOfferUndo();
  const [other, setOther] = useState<CustomerView>();
  const [kept, setKept] = useState(customer.id);
  const [busy, setBusy] = useState(false);

  async function merge(other: CustomerView) {
    setBusy(true);
    const gone = kept === customer.id ? other.id : customer.id;
    try {
      const { response } = await customerMerge({
        path: { workspace_id: workspace, customer_id: gone },
        body: { into: kept },
      });
      onClose();
      offer(t`Customers merged`, response.headers.get(UNDO));
      onMerged(kept);
    } catch (error) {
      setBusy(false);
      failed(t`Not merged`, error);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Merge with another customer`}
      description={t`Conversations, notes, labels and tasks of both come together. On your website each stays who they are. You can undo it.`}
      footer={
        <>
          <Button variant="ghost" onClick={other ? () => setOther(undefined) : onClose}>
            {other ? t`Back` : t`Cancel`}
          </Button>
          <Button
            variant="primary"
            busy={busy}
            blocked={other ? undefined : t`Choose a customer`}
            onClick={() => other && void merge(other)}
          >
            {t`Merge`}
          </Button>
        </>
      }
    >
      {other ? (
        <Comparison pair={[customer, other]} kept={kept} onKeep={setKept} />
      ) : (
        <Choice customer={customer} onChoose={setOther} />
      )}
    </Dialog>
  );
}

function Choice({ customer, onChoose }: { customer: CustomerView; onChoose: (other: CustomerView) => void }) {
  const { t } = useLingui();
  const { workspace } = useScope();
  const [q, setQ] = useState('');
  const [text, setText] = useSearchText(q, setQ);
  const { data } = useQuery({
    ...customersListOptions({
      path: { workspace_id: workspace },
      query: { limit: OFFERED + 1, ...(q && { q }) },
    }),
    placeholderData: (previous) => previous,
  });
  const others = data?.items
    .filter((each) => each.id !== customer.id && each.business_id === customer.business_id)
    .slice(0, OFFERED);
  return (
    <div className={css.choice}>
      <SearchField label={t`Search customers`} value={text} onChange={setText} autoFocus />
      {!others ? (
        <Skeleton lines={4} label={t`Loading customers`} />
      ) : others.length === 0 ? (
        <p role="status">{q ? t`Nobody matches “${q}”` : t`There is no other customer.`}</p>
      ) : (
        <RadioGroup
          legend={t`Who is the same person`}
          name="other"
          value=""
          options={others.map((each) => ({
            value: each.id,
            label: each.display_name,
            hint: each.email ?? each.phone ?? undefined,
          }))}
          onChange={(id) => {
            const chosen = others.find((each) => each.id === id);
            if (chosen) onChoose(chosen);
          }}
        />
      )}
    </div>
  );
}

interface ComparisonProps {
  pair: [CustomerView, CustomerView];
  kept: string;
  onKeep: (id: string) => void;
}

function Comparison({ pair, kept, onKeep }: ComparisonProps) {
  const { t } = useLingui();
  const times = useTimes();
  const rows: { label: string; of: (customer: CustomerView) => string | null }[] = [
    { label: t`Name`, of: (customer) => customer.display_name },
    { label: t`Email`, of: (customer) => customer.email },
    { label: t`Phone`, of: (customer) => customer.phone },
    { label: t`First seen`, of: (customer) => times.date(customer.first_seen_at) },
  ];
  return (
    <div className={css.choice}>
      <table className={css.table}>
        <tbody>
          {rows.map(({ label, of }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {pair.map((customer) => (
                <td key={customer.id}>{of(customer) ?? '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <RadioGroup
        legend={t`Whose name and contact data stay`}
        name="kept"
        value={kept}
        options={pair.map((customer) => ({
          value: customer.id,
          label: customer.display_name,
          hint: customer.email ?? customer.phone ?? t`First seen ${times.date(customer.first_seen_at)}`,
        }))}
        onChange={onKeep}
      />
      <p>{t`What is empty there is filled in from the other.`}</p>
    </div>
  );
}
