import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type CannedResponseView, type ConversationAction, cannedResponsesListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useLabels } from '@/conversations/labels';
import { useMembers } from '@/conversations/members';
import { useTeams } from '@/conversations/teams';
import type { StepKind } from './steps';

/** What the kinds of steps are called. */
export function useStepNames(): Record<StepKind, string> {
  const { t } = useLingui();
  return {
    label: t`Put a label on it`,
    unlabel: t`Take a label off`,
    assign_me: t`Assign it to whoever runs it`,
    assign: t`Assign it to somebody`,
    assign_team: t`Give it to a team`,
    unassign: t`Give it back to the queue`,
    mode: t`Say who answers`,
    note: t`Write a note`,
    reply: t`Answer with a canned response`,
    status: t`Set the status`,
    snooze_for: t`Snooze it`,
    mark_read: t`Mark it read or unread`,
  };
}

export function useReplies(): CannedResponseView[] {
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere()('canned_response.use');
  return useQuery({ ...cannedResponsesListOptions({ path }), enabled: !blocked }).data?.items ?? [];
}

/** A step in a few words. */
export function useStepText(): (step: ConversationAction) => string {
  const { t } = useLingui();
  const labels = useLabels();
  const members = useMembers();
  const teams = useTeams();
  const replies = useReplies();
  const status = useStatusNames();
  const modes = useModeNames();
  return (step) => {
    switch (step.kind) {
      case 'label': {
        const name = labels.find(({ id }) => id === step.label_id)?.name ?? '?';
        return t`label ${name}`;
      }
      case 'unlabel': {
        const name = labels.find(({ id }) => id === step.label_id)?.name ?? '?';
        return t`take ${name} off`;
      }
      case 'assign_me':
        return t`assign to oneself`;
      case 'assign': {
        const name = members.find(({ id }) => id === step.member_id)?.name ?? '?';
        return t`assign to ${name}`;
      }
      case 'assign_team': {
        const name = teams.find(({ id }) => id === step.team_id)?.name ?? '?';
        return t`give to ${name}`;
      }
      case 'unassign':
        return t`back to the queue`;
      case 'mode':
        return modes[step.mode];
      case 'note': {
        const { text } = step;
        return t`note “${text}”`;
      }
      case 'reply': {
        const title = replies.find(({ id }) => id === step.canned_response_id)?.title ?? '?';
        return t`answer “${title}”`;
      }
      case 'status':
        return status[step.status];
      case 'snooze_for': {
        const hours = Math.round(step.minutes / 60);
        return t`snooze for ${hours} h`;
      }
      case 'mark_read':
        return step.read ? t`mark read` : t`mark unread`;
      case 'snooze':
        return t`snooze`;
    }
  };
}

/** Who answers from then on. */
export function useModeNames() {
  const { t } = useLingui();
  return { manual: t`whoever runs it takes over`, ai: t`the AI answers` };
}

export function useStatusNames() {
  const { t } = useLingui();
  return {
    solved: t`mark done`,
    open: t`reopen`,
    snoozed: t`snoozed`,
    spam: t`mark as spam`,
    archived: t`archive`,
  };
}
