import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type TeamView, teamsListOptions, teamUpdateMutation } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { Button, Input, LockNote, Section, Select, toast } from '@/design';
import { Form, FormActions, FormField, textOf } from '@/form';
import { useBlocked } from '@/i18n/reason';

/** That somebody is here is noted every few minutes only, so no team waits for less before it takes work back. */
const LEAST_UNSEEN = 10;

function minutesOf(team: TeamView, requeue: TeamView['requeue_on']) {
  const minutes = team.requeue_after_minutes || 30;
  return requeue === 'offline' ? Math.max(minutes, LEAST_UNSEEN) : minutes;
}

/** The name of a team, how much each takes, when it works, and what becomes of the work of who goes away. */
export function TeamRules({ team }: { team: TeamView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const blocked = useBlocked()(team, 'team.manage');
  const [requeue, setRequeue] = useState(team.requeue_on);
  const update = useMutation({
    ...teamUpdateMutation(),
    onSuccess: () => {
      void queryClient.invalidateQueries({
        queryKey: teamsListOptions({ path: { workspace_id: workspace } }).queryKey,
      });
      toast({ title: t`Saved` });
    },
  });

  function save(values: FormData) {
    const capacity = textOf(values, 'capacity');
    update.mutate({
      path: { workspace_id: workspace, team_id: team.id },
      body: {
        version: team.version,
        name: textOf(values, 'name'),
        capacity: capacity === '' ? null : Number(capacity),
        hours: textOf(values, 'hours') as TeamView['hours'],
        requeue_on: requeue,
        ...(requeue !== 'never' && {
          requeue_after_minutes: Number(textOf(values, 'requeue_after_minutes')),
        }),
      },
    });
  }

  return (
    <Section title={t`Rules of the team`}>
      <LockNote reason={blocked} />
      <Form error={update.error} onSubmit={save}>
        <FormField name="name" label={t`Name`}>
          <Input name="name" defaultValue={team.name} readOnly={blocked !== undefined} required />
        </FormField>
        <FormField
          name="capacity"
          label={t`Open conversations for each member`}
          hint={t`Above it, new ones wait in the queue. Empty means any number.`}
        >
          <Input
            name="capacity"
            type="number"
            min={0}
            inputMode="numeric"
            defaultValue={team.capacity ?? ''}
            readOnly={blocked !== undefined}
          />
        </FormField>
        <FormField name="hours" label={t`The team works`}>
          <Select name="hours" defaultValue={team.hours} disabled={blocked !== undefined}>
            <option value="always">{t`always`}</option>
            <option value="workspace">{t`within the business hours`}</option>
            <option value="shifts">{t`when its members have a shift`}</option>
          </Select>
        </FormField>
        <FormField
          name="requeue_on"
          label={t`When somebody goes away, their conversations`}
          hint={t`What goes back to the queue is given to somebody else.`}
        >
          <Select
            value={requeue}
            disabled={blocked !== undefined}
            onChange={(event) => setRequeue(event.target.value as TeamView['requeue_on'])}
          >
            <option value="never">{t`stay with them`}</option>
            <option value="offline">{t`go back once they were not seen for a while`}</option>
            <option value="away">{t`go back once they were away for a while`}</option>
          </Select>
        </FormField>
        {requeue !== 'never' && (
          <FormField key={requeue} name="requeue_after_minutes" label={t`After how many minutes`}>
            <Input
              name="requeue_after_minutes"
              type="number"
              min={requeue === 'offline' ? LEAST_UNSEEN : 1}
              inputMode="numeric"
              defaultValue={minutesOf(team, requeue)}
              readOnly={blocked !== undefined}
            />
          </FormField>
        )}
        <FormActions>
          <Button type="submit" variant="primary" busy={update.isPending} blocked={blocked}>
            {t`Save`}
          </Button>
        </FormActions>
      </Form>
    </Section>
  );
}
