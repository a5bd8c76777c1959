import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '@/design';

export function NotFound() {
  const { t } = useLingui();
  return (
    <main className="whole-page">
      <EmptyState
        alone
        title={t`There is nothing at this address`}
        action={<Link to="/">{t`Go to the inbox`}</Link>}
      >
        {t`The link may be old, or you may not see what it points to.`}
      </EmptyState>
    </main>
  );
}
