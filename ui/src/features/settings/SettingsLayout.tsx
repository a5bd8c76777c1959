import { useLingui } from '@lingui/react/macro';
import {
  BookLock,
  Bookmark,
  Building2,
  CalendarClock,
  Clock,
  Coins,
  CreditCard,
  Hash,
  Inbox,
  KeyRound,
  MessageSquareQuote,
  MessagesSquare,
  ReceiptText,
  Route,
  ScrollText,
  ShieldCheck,
  ShieldPlus,
  Tag,
  Users,
  UsersRound,
  Zap,
} from 'lucide-react';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { SectionLayout } from '@/shell/SectionLayout';

export default function SettingsLayout() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlockedHere();
  return (
    <SectionLayout
      title={t`Settings`}
      links={[
        { to: paths.settings(workspace, 'general'), icon: Building2, label: t`General` },
        { to: paths.settings(workspace, 'members'), icon: Users, label: t`Members`, heading: t`People` },
        { to: paths.settings(workspace, 'roles'), icon: ShieldCheck, label: t`Roles` },
        { to: paths.settings(workspace, 'permission-sets'), icon: ShieldPlus, label: t`Permission sets` },
        { to: paths.settings(workspace, 'policy-pack'), icon: BookLock, label: t`Policy pack` },
        { to: paths.settings(workspace, 'teams'), icon: UsersRound, label: t`Teams` },
        { to: paths.settings(workspace, 'shifts'), icon: CalendarClock, label: t`Shifts` },
        { to: paths.settings(workspace, 'inbox'), icon: Inbox, label: t`Inbox`, heading: t`Conversations` },
        { to: paths.settings(workspace, 'routing'), icon: Route, label: t`Routing` },
        { to: paths.settings(workspace, 'hours'), icon: Clock, label: t`Business hours` },
        { to: paths.settings(workspace, 'labels'), icon: Tag, label: t`Labels` },
        { to: paths.settings(workspace, 'replies'), icon: MessageSquareQuote, label: t`Canned responses` },
        { to: paths.settings(workspace, 'macros'), icon: Zap, label: t`Macros` },
        { to: paths.settings(workspace, 'views'), icon: Bookmark, label: t`Saved views` },
        {
          to: paths.settings(workspace, 'channels'),
          icon: MessagesSquare,
          label: t`Channels`,
          heading: t`Connections`,
        },
        { to: paths.settings(workspace, 'slack'), icon: Hash, label: t`Slack` },
        { to: paths.settings(workspace, 'api-keys'), icon: KeyRound, label: t`API keys` },
        { to: paths.settings(workspace, 'plan'), icon: CreditCard, label: t`Plan`, heading: t`Account` },
        ...(blocked('credit.view_balance') && blocked('credit.view_ledger')
          ? []
          : [{ to: paths.settings(workspace, 'credits'), icon: Coins, label: t`Credits` }]),
        ...(blocked('billing.view')
          ? []
          : [{ to: paths.settings(workspace, 'invoices'), icon: ReceiptText, label: t`Invoices` }]),
        { to: paths.settings(workspace, 'audit'), icon: ScrollText, label: t`Audit log` },
      ]}
    />
  );
}
