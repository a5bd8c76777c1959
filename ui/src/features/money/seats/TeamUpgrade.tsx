import { useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { AddonView } from '@/api';
import { Button } from '@/design';
import { BuyDialog } from '../BuyDialog';
import { useBilling, usePlans } from '../billing';
import css from '../money.module.css';
import { AddonPrice } from '../plan/AddonPrice';
import { useWhyNotBuy } from '../useWhyNotBuy';

/** More seats and slots, bought where the team is, without asking anybody (BIL-033, BIL-038, UX-017). */
export function TeamUpgrade() {
  const plans = usePlans().data;
  const billing = useBilling();
  const sold = plans?.addons.filter(({ recurring }) => recurring) ?? [];
  // Why something cannot be bought is known once it is known how billing stands.
  if (!plans || sold.length === 0 || billing.isLoading) return null;
  return <Offers plans={plans} billing={billing.data} sold={sold} />;
}

interface Props {
  plans: Parameters<typeof useWhyNotBuy>[0];
  billing: Parameters<typeof useWhyNotBuy>[1];
  sold: AddonView[];
}

function Offers({ plans, billing, sold }: Props) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState<AddonView>();
  const blocked = useWhyNotBuy(plans, billing);
  const labels = {
    full_seat: t`Add Member Seat`,
    business_slot: t`Add Business Slot`,
    credits: t`Buy credits…`,
  };
  return (
    <section aria-label={t`More room for the team`} className={css.line}>
      {sold.map((addon) => (
        <span key={addon.id} className={css.offer}>
          <Button
            icon={<Plus size={15} aria-hidden="true" />}
            blocked={blocked(addon)}
            onClick={() => setWanted(addon)}
          >
            {labels[addon.adds]}
          </Button>
          <small className={css.small}>
            <AddonPrice addon={addon} currency={plans.catalogue.currency} />
          </small>
        </span>
      ))}
      {wanted && billing && (
        <BuyDialog addon={wanted} billing={billing} onClose={() => setWanted(undefined)} />
      )}
    </section>
  );
}
