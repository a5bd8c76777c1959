import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { type AssignmentDecisionView, assignmentDecisionsListOptions, type ConversationView } from '@/api';
import { useScope } from '@/conversations/scope';
import { Badge, Dialog, ErrorState, Skeleton } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './WhyAssignee.module.css';

interface Props {
  conversation: ConversationView;
  onClose: () => void;
}

/** How a conversation came to whom it is with: every automatic decision, who was considered, who was passed over. */
export function WhyAssignee({ conversation, onClose }: Props) {
  const { t } = useLingui();
  const scope = useScope();
  const path = { workspace_id: scope.workspace, conversation_id: conversation.id };
  const query = useQuery({ ...assignmentDecisionsListOptions({ path }), staleTime: 0 });
  return (
    <Dialog open onClose={onClose} title={t`How this was assigned`}>
      {query.isPending ? (
        <Skeleton lines={4} label={t`Loading the decisions`} />
      ) : query.isError ? (
        <ErrorState
          title={t`The decisions could not be loaded`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : query.data.items.length === 0 ? (
        <p>{t`Nobody was chosen automatically. Who has it was decided by hand.`}</p>
      ) : (
        <ol className={css.decisions}>
          {query.data.items.map((decision) => (
            <Decision key={decision.id} decision={decision} />
          ))}
        </ol>
      )}
    </Dialog>
  );
}

function Decision({ decision }: { decision: AssignmentDecisionView }) {
  const { t } = useLingui();
  const times = useTimes();
  const { at, rule, team, chosen, considered } = decision;
  return (
    <li className={css.decision}>
      <p>
        <b>{chosen ? t`Given to ${chosen.name}` : t`Stayed in the queue`}</b>{' '}
        <time dateTime={at}>{times.full(at)}</time>
      </p>
      <p className={css.how}>
        {rule ? t`Rule: ${rule.name}` : t`No rule matched`}
        {team && ` · ${t`Team: ${team.name}`}`}
      </p>
      <ul className={css.people}>
        {considered.map((person) => (
          <Considered key={person.member.id} person={person} chosen={person.member.id === chosen?.id} />
        ))}
      </ul>
    </li>
  );
}

function Considered({
  person,
  chosen,
}: {
  person: AssignmentDecisionView['considered'][number];
  chosen: boolean;
}) {
  const { t } = useLingui();
  const { member, eligible, reason, load } = person;
  const reasons: Record<string, string> = {
    away: t`away`,
    over_capacity: t`has enough to do`,
    inactive: t`not active`,
    collaborator: t`on a light seat`,
    not_permitted: t`the role takes no conversations`,
    off_shift: t`not on shift`,
    excluded: t`left out`,
  };
  return (
    <li>
      {eligible ? <Check size={14} aria-hidden="true" /> : <Minus size={14} aria-hidden="true" />}
      {member.name}
      <small>
        {eligible ? t`could take it, with ${load} open` : t`passed over: ${reasons[reason ?? ''] ?? reason}`}
      </small>
      {chosen && <Badge tone="ok">{t`Chosen`}</Badge>}
    </li>
  );
}
