import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { businessesListOptions, channelsListOptions, type EscalationReason } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useLabels } from '@/conversations/labels';
import { useMembers } from '@/conversations/members';
import { useTeams } from '@/conversations/teams';
import { useAssignees } from '@/conversations/unfit';

export interface Choice {
  id: string;
  name: string;
}

const LANGUAGES = ['en', 'es', 'pt', 'fr', 'de', 'it'];

/** Everything that a rule can ask for and lead to, by name. */
export function useChoices() {
  const { t, i18n } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere();
  const channels = useQuery({ ...channelsListOptions({ path }), enabled: !blocked('channel.view') });
  const businesses = useQuery(businessesListOptions({ path }));
  const languageName = new Intl.DisplayNames([i18n.locale], { type: 'language' });
  const reasons: Record<EscalationReason, string> = {
    cannot_answer: t`the AI cannot answer`,
    frustration: t`the customer is frustrated`,
    qualification_complete: t`every question of the AI is answered`,
    customer_request: t`the customer asks for a person`,
  };
  return {
    channel_ids: channels.data?.items ?? [],
    business_ids: businesses.data?.items ?? [],
    label_ids: useLabels(),
    languages: LANGUAGES.map((id) => ({ id, name: languageName.of(id) ?? id })),
    escalation_reasons: Object.entries(reasons).map(([id, name]) => ({ id, name })),
    teams: useTeams(),
    members: useMembers(),
    assignees: useAssignees(),
  } satisfies Record<string, Choice[]>;
}
