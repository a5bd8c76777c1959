import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import {
  type InboxSettings,
  type InboxSettingsUpdate,
  type InboxSettingsView,
  inboxSettingsShowQueryKey,
  inboxSettingsUpdateMutation,
} from '@/api';
import { takeIn } from '@/app/patch';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Input, LockNote, Section, Select, Switch } from '@/design';
import { AgentRule } from './AgentRule';
import css from './InboxRules.module.css';
import { Rule } from './Rule';

type Field = keyof InboxSettings;

/** Each rule is saved as it is changed; what the workspace decided itself can go back to the pack. */
export function InboxRules({ settings }: { settings: InboxSettingsView }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const failed = useFailure();
  const blocked = useBlockedHere()('workspace.edit_settings');
  const queryKey = inboxSettingsShowQueryKey({ path });
  const save = useMutation({
    ...inboxSettingsUpdateMutation(),
    onSuccess: (saved) => takeIn(queryKey, saved),
    onError: (error) => failed(t`The rule is as it was`, error),
  });
  const { overridden, ...now } = settings;
  const set = (body: InboxSettingsUpdate) => !blocked && save.mutate({ path, body });
  const rule = (field: Field, title: string, hint: string, control: (id: string) => ReactNode) => (
    <Rule
      title={title}
      hint={hint}
      onReset={!blocked && overridden.includes(field) ? () => set({ [field]: null }) : undefined}
    >
      {control}
    </Rule>
  );
  const toggle = (field: Field) => (id: string) => (
    <Switch
      labelledBy={id}
      checked={now[field] === true}
      blocked={blocked}
      onChange={(on) => set({ [field]: on })}
    />
  );
  const number = (field: Field, unit: string) => (id: string) => (
    <span className={css.number}>
      <Input
        key={String(now[field])}
        type="number"
        min={0}
        inputMode="numeric"
        aria-labelledby={id}
        defaultValue={String(now[field])}
        readOnly={blocked !== undefined}
        onBlur={({ target }) =>
          target.value !== String(now[field]) && target.value && set({ [field]: Number(target.value) })
        }
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {unit}
    </span>
  );

  return (
    <>
      <LockNote reason={blocked} />
      <Section title={t`Answering`} flush>
        {rule(
          'reply_lock',
          t`Who may answer what somebody holds`,
          t`With the strict lock only the assignee answers, until they release it, somebody takes it over, or ten minutes pass.`,
          (id) => (
            <Select
              className={css.choice}
              aria-labelledby={id}
              value={now.reply_lock}
              disabled={blocked !== undefined}
              onChange={(event) => set({ reply_lock: event.target.value as InboxSettings['reply_lock'] })}
            >
              <option value="soft">{t`everybody, with a word of warning`}</option>
              <option value="strict">{t`the assignee only`}</option>
            </Select>
          ),
        )}
        {rule(
          'send_hold_seconds',
          t`Time to take an answer back`,
          t`The server holds a sent answer this long. 0 sends at once, which suits live chat.`,
          number('send_hold_seconds', t`seconds`),
        )}
        {rule(
          'handover_minutes',
          t`Time to accept a hand-over`,
          t`After it the conversation goes back to the queue. 0 waits for ever.`,
          number('handover_minutes', t`minutes`),
        )}
        {rule(
          'requeue_on_reopen_unavailable',
          t`Give reopened conversations to somebody else`,
          t`When a customer writes again and the assignee is away.`,
          toggle('requeue_on_reopen_unavailable'),
        )}
        {rule(
          'auto_away_minutes',
          t`Set away who is not at their desk`,
          t`Who touches nothing for this long is given nothing new until they say that they are back. 0 never does that.`,
          number('auto_away_minutes', t`minutes`),
        )}
        {rule(
          'name_label_sync',
          t`A person’s label assigns`,
          t`Putting the label of a person on a conversation assigns it to them; taking it off gives it back.`,
          toggle('name_label_sync'),
        )}
      </Section>
      <Section title={t`The AI`} flush>
        <AgentRule />
        {rule(
          'ai_auto_resume_minutes',
          t`The AI comes back by itself`,
          t`After this long without an answer of a person. 0 waits until somebody gives it back.`,
          number('ai_auto_resume_minutes', t`minutes`),
        )}
        {rule(
          'ai_outside_business_hours',
          t`The AI answers outside the business hours`,
          t`What nobody holds is answered by the AI while you are closed.`,
          toggle('ai_outside_business_hours'),
        )}
      </Section>
    </>
  );
}
