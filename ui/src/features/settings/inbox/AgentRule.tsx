import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { agentPutMutation, agentShowOptions } from '@/api';
import { takeIn } from '@/app/patch';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Switch } from '@/design';
import { Rule } from './Rule';

/** Whether the AI answers at all; shown to who may know what it does. */
export function AgentRule() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const failed = useFailure();
  const blocked = useBlockedHere();
  const options = agentShowOptions({ path });
  const agent = useQuery({ ...options, enabled: !blocked('ai_agent.monitor') }).data;
  const set = useMutation({
    ...agentPutMutation(),
    onSuccess: (saved) => takeIn(options.queryKey, saved),
    onError: (error) => failed(t`The AI is as it was`, error),
  });
  if (!agent) return null;
  const missing = agent.available ? undefined : t`This installation has no AI.`;
  return (
    <Rule
      title={t`The AI answers`}
      hint={t`New conversations begin with it. Off, its conversations wait for people, and new ones are people’s.`}
    >
      {(id) => (
        <Switch
          labelledBy={id}
          checked={agent.enabled}
          blocked={blocked('ai_agent.edit') ?? missing}
          onChange={(enabled) => set.mutate({ path, body: { enabled } })}
        />
      )}
    </Rule>
  );
}
