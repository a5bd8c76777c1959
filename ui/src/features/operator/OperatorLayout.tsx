import { useLingui } from '@lingui/react/macro';
import { Building2, LifeBuoy, ReceiptText, Tags, TriangleAlert } from 'lucide-react';
import { paths } from '@/app/paths';
import { useMe } from '@/app/session';
import { OutsideLayout } from '@/shell/OutsideLayout';
import { NotOperator } from './NotOperator';

/** What whoever runs the server sees of its workspaces: plans and money, nothing that is said in one. */
export default function OperatorLayout() {
  const { t } = useLingui();
  if (!useMe().is_operator) return <NotOperator />;
  return (
    <OutsideLayout
      title={t`This server`}
      links={[
        { to: paths.operator('workspaces'), icon: Building2, label: t`Workspaces` },
        { to: paths.operator('invoices'), icon: ReceiptText, label: t`Invoices` },
        { to: paths.operator('requests'), icon: LifeBuoy, label: t`Requests` },
        { to: paths.operator('catalogues'), icon: Tags, label: t`Plan catalogues` },
        { to: paths.operator('troubles'), icon: TriangleAlert, label: t`Payment troubles` },
      ]}
    />
  );
}
