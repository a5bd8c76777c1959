import { Plural, useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { AddonView, BillingItemView, BillingOverview, PlansView } from '@/api';
import { Button, Section } from '@/design';
import { useTimes } from '@/i18n/time';
import { BuyDialog } from '../BuyDialog';
import { useWhyNotBuy } from '../useWhyNotBuy';
import { AddonPrice } from './AddonPrice';
import css from './AddonsSection.module.css';
import { FewerDialog } from './FewerDialog';

/** Seats, slots and credits that are had beside the plan (BIL-033). */
export function AddonsSection({ plans, billing }: { plans: PlansView; billing: BillingOverview }) {
  const { t } = useLingui();
  if (plans.addons.length === 0) return null;
  return (
    <Section
      title={t`Beside the plan`}
      description={t`More seats, slots and credits, without another plan.`}
      flush
    >
      <ul className={css.list} id="addons">
        {plans.addons.map((addon) => (
          <Addon
            key={addon.id}
            addon={addon}
            held={billing.items.find(({ item }) => item === addon.id)}
            plans={plans}
            billing={billing}
          />
        ))}
      </ul>
    </Section>
  );
}

interface Props {
  addon: AddonView;
  held: BillingItemView | undefined;
  plans: PlansView;
  billing: BillingOverview;
}

function Addon({ addon, held, plans, billing }: Props) {
  const { t } = useLingui();
  const [fewer, setFewer] = useState(false);
  const blocked = useWhyNotBuy(plans, billing)(addon);
  // What is bought stands in the address, so that whatever lacks something leads right to it.
  const { buy, quantity } = useSearch({ from: '/w/$workspace/settings/plan' });
  const navigate = useNavigate({ from: '/w/$workspace/settings/plan' });
  const setBuy = (buy: string | undefined) => void navigate({ search: { buy }, replace: true });
  return (
    <li className={css.row}>
      <span className={css.name}>
        <b>{addon.name}</b>
        <small>{addon.description}</small>
        {held && <Held held={held} end={billing.period.end} />}
      </span>
      <span className={css.price}>
        <AddonPrice addon={addon} currency={billing.currency} />
      </span>
      <span className={css.buttons}>
        {held && (
          <Button blocked={blocked} onClick={() => setFewer(true)} aria-label={t`Fewer: ${addon.name}`}>
            {t`Fewer…`}
          </Button>
        )}
        <Button blocked={blocked} onClick={() => setBuy(addon.id)} aria-label={t`Buy: ${addon.name}`}>
          {t`Buy…`}
        </Button>
      </span>
      {buy === addon.id && !blocked && (
        <BuyDialog addon={addon} billing={billing} suggested={quantity} onClose={() => setBuy(undefined)} />
      )}
      {fewer && held && (
        <FewerDialog addon={addon} held={held} billing={billing} onClose={() => setFewer(false)} />
      )}
    </li>
  );
}

function Held({ held, end }: { held: BillingItemView; end: string }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const { quantity, next_quantity: next } = held;
  return (
    <small>
      <Plural value={quantity} one="You have #." other="You have #." />{' '}
      {next !== null && next !== quantity && t`From ${date(end)} on ${next}.`}
    </small>
  );
}
