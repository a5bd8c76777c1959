import { useLingui } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import { ConfirmDialog } from '@/design';

/** Asks before changes are left behind. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const { t } = useLingui();
  const blocker = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: dirty,
    withResolver: true,
  });
  const waiting = blocker.status === 'blocked';
  return (
    <ConfirmDialog
      open={waiting}
      onClose={() => waiting && blocker.reset()}
      title={t`Leave without saving?`}
      description={t`What you changed on this page is lost.`}
      confirm={t`Leave`}
      onConfirm={() => waiting && blocker.proceed()}
    />
  );
}
