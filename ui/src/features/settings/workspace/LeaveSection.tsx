import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { workspaceLeave } from '@/api';
import { useBlockedHere, useMembership } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { useGone } from '@/app/useGone';
import { Button, ConfirmDialog, Section } from '@/design';
import css from './sections.module.css';

/** Leaving by oneself. The owner hands over or deletes first (WS-022). */
export function LeaveSection() {
  const { t } = useLingui();
  const { workspace, is_owner } = useMembership();
  const [asking, setAsking] = useState(false);
  const failure = useFailure();
  const gone = useGone();
  const right = useBlockedHere()('workspace.leave');
  const owning = t`You own this workspace. Hand it over to another member or delete it first.`;
  const leave = useMutation({
    mutationFn: () => workspaceLeave({ path: { workspace_id: workspace.id } }),
    onSuccess: () => gone(t`You left ${workspace.name}`),
    onError: (error) => {
      setAsking(false);
      failure(t`You are still a member`, error);
    },
  });
  return (
    <Section title={t`Leave`}>
      <div className={css.row}>
        <p className={css.quiet}>
          {is_owner ? owning : t`Your access ends. The workspace stays as it is, with all you wrote in it.`}
        </p>
        <Button
          icon={<LogOut size={15} aria-hidden="true" />}
          blocked={is_owner ? owning : right}
          onClick={() => setAsking(true)}
        >
          {t`Leave the workspace…`}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={t`Leave ${workspace.name}?`}
          description={t`Your open conversations go back to the queue. You can come back by a new invitation only.`}
          confirm={t`Leave`}
          typed={workspace.name}
          busy={leave.isPending}
          onConfirm={() => leave.mutate()}
        />
      )}
    </Section>
  );
}
