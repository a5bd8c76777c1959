import { useLingui } from '@lingui/react/macro';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useBlockedHere, useMembership } from '@/app/session';
import { useDeletion } from '@/app/useDeletion';
import { Button, ConfirmDialog, Section } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './sections.module.css';

/** Deleting the workspace: scheduled, announced, and for a week taken back by one click. */
export function DeleteSection() {
  const { t } = useLingui();
  const times = useTimes();
  const { workspace, is_owner } = useMembership();
  const [asking, setAsking] = useState(false);
  const right = useBlockedHere()('workspace.delete');
  const blocked = right ?? (is_owner ? undefined : t`Only the owner can do this.`);
  const { schedule, cancel } = useDeletion();
  const at = workspace.deletion_at;
  return (
    <Section title={t`Delete`}>
      <div className={css.row}>
        <p className={css.quiet}>
          {at
            ? t`Everything in this workspace will be deleted on ${times.full(at)}.`
            : t`Customers, conversations, settings and members go for good, seven days after you ask for it.`}
        </p>
        {at ? (
          <Button blocked={blocked} busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t`Keep the workspace`}
          </Button>
        ) : (
          <Button
            variant="danger"
            icon={<Trash2 size={15} aria-hidden="true" />}
            blocked={blocked}
            onClick={() => setAsking(true)}
          >
            {t`Delete the workspace…`}
          </Button>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={t`Delete ${workspace.name}?`}
          description={t`For seven days nobody can work in it, and you can still keep it. Then it is gone for good.`}
          confirm={t`Delete in seven days`}
          typed={workspace.name}
          busy={schedule.isPending}
          onConfirm={() => schedule.mutate(undefined, { onSettled: () => setAsking(false) })}
        >
          <ul className={css.follows}>
            <li>{t`All customers, conversations, notes and files`}</li>
            <li>{t`All channels, with the chat on your websites`}</li>
            <li>{t`All memberships, roles, keys and settings`}</li>
          </ul>
        </ConfirmDialog>
      )}
    </Section>
  );
}
