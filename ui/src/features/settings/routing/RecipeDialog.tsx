import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  routingRecipeChannel,
  routingRecipeLabel,
  routingRecipeShift,
  routingRulesListQueryKey,
  shiftsListQueryKey,
  teamsListQueryKey,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Field, Input, Select, toast } from '@/design';
import { Form } from '@/form';
import type { RecipeKind } from './Recipes';
import { type Choice, useChoices } from './useChoices';

/** The two halves of a day, as the people who share one usually do. */
const HALVES = [
  { from: '09:00', to: '13:00' },
  { from: '13:00', to: '18:00' },
];
const WORKING_DAYS = [1, 2, 3, 4, 5];

/** Who gets what: a person for each channel, half of the day, or label. */
export function RecipeDialog({ kind, onClose }: { kind: RecipeKind; onClose: () => void }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const choices = useChoices();
  const [people, setPeople] = useState<Record<string, string>>({});
  const [team, setTeam] = useState(t`Shifts`);
  const subjects: Record<RecipeKind, Choice[]> = {
    channel: choices.channel_ids,
    label: choices.label_ids,
    shift: HALVES.map(({ from, to }) => ({ id: from, name: `${from}–${to}` })),
  };
  const titles: Record<RecipeKind, string> = {
    channel: t`By channel`,
    shift: t`By shift`,
    label: t`By label`,
  };
  const chosen = Object.entries(people).filter(([, member]) => member !== '');
  const make = useMutation({
    mutationFn: (): Promise<unknown> => {
      if (kind === 'channel') {
        const shares = chosen.map(([channel_id, member_id]) => ({ channel_id, member_id }));
        return routingRecipeChannel({ path, body: { shares } });
      }
      if (kind === 'label') {
        const shares = chosen.map(([label_id, member_id]) => ({ label_id, member_id }));
        return routingRecipeLabel({ path, body: { shares } });
      }
      const shifts = chosen.map(([from, member_id]) => ({
        ...HALVES.find((half) => half.from === from)!,
        member_id,
        days: WORKING_DAYS,
      }));
      return routingRecipeShift({ path, body: { team_name: team.trim(), shifts } });
    },
    onSuccess: () => {
      for (const queryKey of [
        routingRulesListQueryKey({ path }),
        teamsListQueryKey({ path }),
        shiftsListQueryKey({ path }),
      ])
        void queryClient.invalidateQueries({ queryKey });
      toast({ title: t`It is set up` });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={titles[kind]}
      description={t`Choose who gets what. What nobody is chosen for stays as it is.`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="recipe"
            variant="primary"
            busy={make.isPending}
            blocked={chosen.length > 0 ? undefined : t`Choose somebody first`}
          >
            {t`Set it up`}
          </Button>
        </>
      }
    >
      <Form id="recipe" error={make.error} onSubmit={() => chosen.length > 0 && make.mutate()}>
        {kind === 'shift' && (
          <Field label={t`Name of the team`} hint={t`It is made for those who relieve each other.`}>
            <Input value={team} onChange={(event) => setTeam(event.target.value)} />
          </Field>
        )}
        {subjects[kind].map(({ id, name }) => (
          <Field key={id} label={name}>
            <Select
              value={people[id] ?? ''}
              onChange={(event) => setPeople({ ...people, [id]: event.target.value })}
            >
              <option value="">{t`Nobody in particular`}</option>
              {choices.assignees.map(({ id, name, unfit }) => (
                <option key={id} value={id} disabled={unfit}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </Form>
    </Dialog>
  );
}
