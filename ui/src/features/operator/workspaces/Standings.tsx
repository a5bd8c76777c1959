import { useLingui } from '@lingui/react/macro';
import type { OperatorWorkspaceView } from '@/api';
import { Badge } from '@/design';
import { useTimes } from '@/i18n/time';
import css from '../operator.module.css';

/** How a workspace's plan stands, in a word or two, and what else is out of the ordinary. */
export function Standings({ workspace }: { workspace: OperatorWorkspaceView }) {
  const { t } = useLingui();
  const { date } = useTimes();
  const { trial_ends_at: trial, past_due_since: due, deletion_at: deletion } = workspace;
  const causes = {
    never_paid: t`no payment yet`,
    trial_over: t`trial over`,
    unpaid: t`not paid`,
    cancelled: t`cancelled`,
  };
  const cause = workspace.restricted_reason && causes[workspace.restricted_reason];
  const states = {
    trialing: [trial ? t`Trial until ${date(trial)}` : t`Trial`, 'accent'],
    active: [t`Runs`, 'ok'],
    past_due: [due ? t`Overdue since ${date(due)}` : t`Not paid in time`, 'danger'],
    restricted: [cause ? t`Restricted: ${cause}` : t`Restricted`, 'danger'],
  } as const;
  const [text, tone] = states[workspace.subscription];
  return (
    <span className={css.badges}>
      <Badge tone={tone}>{text}</Badge>
      {workspace.over_limit && <Badge tone="warn">{t`Over its limit`}</Badge>}
      {deletion && <Badge tone="warn">{t`Deleted on ${date(deletion)}`}</Badge>}
    </span>
  );
}
