import { useLingui } from '@lingui/react/macro';
import { Bell, Keyboard, Palette, ShieldCheck, UserRound } from 'lucide-react';
import { paths } from '@/app/paths';
import { OutsideLayout } from '@/shell/OutsideLayout';

/** One's own pages belong to the account, not to a workspace. */
export default function MeLayout() {
  const { t } = useLingui();
  return (
    <OutsideLayout
      title={t`Your account`}
      links={[
        { to: paths.me('profile'), icon: UserRound, label: t`Profile` },
        { to: paths.me('notifications'), icon: Bell, label: t`Notifications` },
        { to: paths.me('appearance'), icon: Palette, label: t`Appearance` },
        { to: paths.me('keyboard'), icon: Keyboard, label: t`Keyboard` },
        { to: paths.me('sessions'), icon: ShieldCheck, label: t`Sessions` },
      ]}
    />
  );
}
