import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { teamCreateMutation, teamsListOptions } from '@/api';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useAssignees } from '@/conversations/unfit';
import { Button, Checkbox, Dialog, Input, RadioGroup } from '@/design';
import { Form, FormField, textOf } from '@/form';
import css from './CreateTeamDialog.module.css';
import type { Strategy } from './preview';
import { useStrategies } from './useStrategies';

/** What a team needs to begin with; everything can be changed on its page. */
export function CreateTeamDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const strategies = useStrategies();
  const assignees = useAssignees().filter(({ light }) => !light);
  const [strategy, setStrategy] = useState<Strategy>('round_robin');
  const [chosen, setChosen] = useState<string[]>([]);
  const path = { workspace_id: workspace };
  const create = useMutation({
    ...teamCreateMutation(),
    onSuccess: (team) => {
      void queryClient.invalidateQueries({
        queryKey: teamsListOptions({ path: { workspace_id: workspace } }).queryKey,
      });
      onClose();
      void navigate({ to: paths.team(workspace, team.id) });
    },
  });
  const toggle = (id: string, on: boolean) =>
    setChosen(on ? [...chosen, id] : chosen.filter((each) => each !== id));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`New team`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="create-team" variant="primary" busy={create.isPending}>
            {t`Create`}
          </Button>
        </>
      }
    >
      <Form
        id="create-team"
        error={create.error}
        onSubmit={(values) =>
          create.mutate({ path, body: { name: textOf(values, 'name'), strategy, member_ids: chosen } })
        }
      >
        <FormField name="name" label={t`Name`} hint={t`Such as Support or Sales.`}>
          <Input name="name" required />
        </FormField>
        <RadioGroup
          legend={t`How conversations are given out`}
          name="strategy"
          value={strategy}
          options={strategies}
          onChange={setStrategy}
        />
        <fieldset className={css.people}>
          <legend>{t`Members, in the order they are chosen`}</legend>
          {assignees.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={chosen.includes(id)}
              onChange={(event) => toggle(id, event.target.checked)}
            />
          ))}
        </fieldset>
      </Form>
    </Dialog>
  );
}
