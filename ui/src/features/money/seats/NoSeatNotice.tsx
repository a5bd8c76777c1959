import { Plural, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { MemberRef, SeatQuoteView } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Notice } from '@/design';
import css from '../money.module.css';

/** There is no seat for who is to come: what helps, and who can do it. */
export function NoSeatNotice({ price, buyers }: { price: SeatQuoteView['full']; buyers: MemberRef[] }) {
  const { t } = useLingui();
  const to = paths.settings(useWorkspaceId(), 'plan');
  const { buy_first: first, missing, remedies } = price;
  const short = first?.quantity ?? missing;
  return (
    <Notice
      tone="warn"
      title={t`There is no seat for them yet`}
      actions={
        <>
          {first && (
            <Link to={to} search={{ buy: first.addon, quantity: first.quantity }} className={css.link}>
              <Plural value={short} one="Buy # more" other="Buy # more" />
            </Link>
          )}
          {!first && remedies.includes('buy') && (
            <Link to={to} className={css.link}>
              {t`Buy more`}
            </Link>
          )}
          {remedies.includes('upgrade') && (
            <Link to={to} className={css.link}>
              {t`See larger plans`}
            </Link>
          )}
          {remedies.includes('contact') && (
            <Link to={to} search={{ ask: 'more_seats' }} className={css.link}>
              {t`Ask your operator`}
            </Link>
          )}
        </>
      }
    >
      <p>
        <Plural value={short} one="# more is needed." other="# more are needed." /> <WhoCan buyers={buyers} />
      </p>
    </Notice>
  );
}

/** Who could buy, for who cannot themselves. */
function WhoCan({ buyers }: { buyers: MemberRef[] }) {
  const { t, i18n } = useLingui();
  const blocked = useBlockedHere()('billing.purchase_addons');
  if (!blocked || buyers.length === 0) return null;
  const names = new Intl.ListFormat(i18n.locale, { type: 'disjunction' }).format(
    buyers.map(({ name }) => name),
  );
  return t`${names} can buy more.`;
}
