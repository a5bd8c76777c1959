import { useLingui } from '@lingui/react/macro';
import { CalendarX2 } from 'lucide-react';
import { useMembership } from '@/app/session';
import { EmptyState } from '@/design';
import { useTimes } from '@/i18n/time';

/** Stands in the place of the screens of a workspace whose deletion is scheduled: nothing in them would answer. */
export function Closing({ at }: { at: string }) {
  const { t } = useLingui();
  const times = useTimes();
  const { workspace, is_owner } = useMembership();
  return (
    <main className="whole-page">
      <EmptyState
        alone
        icon={<CalendarX2 size={30} aria-hidden="true" />}
        title={t`${workspace.name} is closed`}
      >
        {is_owner
          ? t`It will be deleted on ${times.full(at)}. Keep it, and everything is as it was.`
          : t`It will be deleted on ${times.full(at)}. Its owner can still keep it.`}
      </EmptyState>
    </main>
  );
}
