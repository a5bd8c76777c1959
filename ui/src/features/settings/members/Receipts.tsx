import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type ExitReceiptView, exitReceiptsList, type MemberView } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Section } from '@/design';
import { useTimes } from '@/i18n/time';
import { membersKey } from './people';
import { Receipt } from './Receipt';
import css from './Receipts.module.css';

/** What each exit of a member moved and ended; nothing for who never went. */
export function Receipts({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const receipts = useQuery({
    queryKey: [...membersKey(workspace), 'receipts', member.id],
    queryFn: async () =>
      (await exitReceiptsList({ path: { workspace_id: workspace, member_id: member.id } })).data.items,
  }).data;
  if (!receipts?.length) return null;
  return (
    <Section title={t`Receipts`} description={t`What moved where when access ended.`} flush>
      <ul className={css.receipts}>
        {receipts.map((receipt) => (
          <li key={receipt.id}>
            <Heading receipt={receipt} />
            <Receipt receipt={receipt} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Heading({ receipt }: { receipt: ExitReceiptView }) {
  const { t } = useLingui();
  const at = useTimes().full(receipt.at);
  const texts: Record<ExitReceiptView['how'], string> = {
    deactivated: t`Deactivated on ${at}`,
    removed: t`Removed on ${at}`,
    left: t`Left on ${at}`,
    expired: t`The last day was over on ${at}`,
    suspended_over_limit: t`Without a seat since ${at}`,
  };
  return <h3 className={css.heading}>{texts[receipt.how]}</h3>;
}
