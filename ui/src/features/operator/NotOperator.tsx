import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useMe } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { EmptyState } from '@/design';

/** Says to who opens an address of the operator's that they are none, and who could change that. */
export function NotOperator() {
  const { t } = useLingui();
  const { email } = useMe().account;
  useTitle(t`This server`);
  return (
    <main className="whole-page">
      <EmptyState
        alone
        icon={<Lock size={30} aria-hidden="true" />}
        title={t`You do not operate this server`}
        action={<Link to="/">{t`Go to the inbox`}</Link>}
      >
        {t`Plans and payments of all workspaces are for its operators. Whoever has its command line makes one of you: guildhall admin operator grant ${email}`}
      </EmptyState>
    </main>
  );
}
