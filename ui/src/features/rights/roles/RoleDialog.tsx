import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type RoleView, roleCreate, roleUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input, Select, Textarea, toast } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { exceeds, reachOf } from '../reach';
import { readRightsAgain } from '../useRights';

interface Props {
  roles: RoleView[];
  /** The role to begin from. */
  base?: RoleView | undefined;
  /** An own role to rename instead of making one. */
  renamed?: RoleView | undefined;
  onClose: () => void;
  onSaved: (role: RoleView) => void;
}

/** Makes a role from another one, or changes how one is called and where it stands. */
export function RoleDialog({ roles, base, renamed, onClose, onSaved }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const [baseKey, setBaseKey] = useState((base ?? leastThatTalks(roles))?.key);
  const from = roles.find(({ key }) => key === baseKey);
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const path = { workspace_id: workspace };
      const body = {
        label: textOf(values, 'label'),
        description: textOf(values, 'description'),
        rank: Number(values.get('rank')),
      };
      return renamed
        ? roleUpdate({
            path: { ...path, role_key: renamed.key },
            body: { ...body, version: renamed.version },
          })
        : roleCreate({ path, body: { ...body, base_role_key: baseKey ?? '' } });
    },
    onSuccess: async ({ data: role }) => {
      await readRightsAgain(workspace);
      if (renamed) toast({ title: t`Saved` });
      onSaved(role);
      onClose();
    },
  });
  const shown = renamed ?? from;
  return (
    <Dialog
      open
      onClose={onClose}
      title={renamed ? t`Name and rank` : base ? t`Duplicate ${base.label}` : t`New role`}
      description={
        renamed ? undefined : t`It begins with what another role may do; you change the rest in the matrix.`
      }
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>{t`Cancel`}</Button>
          <Button type="submit" form="role" variant="primary" busy={save.isPending}>
            {renamed ? t`Save` : t`Create`}
          </Button>
        </>
      }
    >
      <Form id="role" error={save.error} onSubmit={(values) => save.mutate(values)}>
        <FormField name="label" label={t`Name`}>
          <Input
            name="label"
            required
            maxLength={60}
            autoComplete="off"
            defaultValue={renamed?.label ?? (base ? t`${base.label} (copy)` : '')}
          />
        </FormField>
        {!renamed && !base && (
          <FormField name="base_role_key" label={t`Begins as`}>
            <Select value={baseKey} onChange={(event) => setBaseKey(event.target.value)}>
              {roles.map((role) => (
                <option key={role.key} value={role.key}>
                  {role.label}
                </option>
              ))}
            </Select>
          </FormField>
        )}
        <FormField
          name="description"
          label={t`Description`}
          hint={t`Who it is for. Shown where people choose a role.`}
        >
          <Textarea key={shown?.key} name="description" rows={2} defaultValue={shown?.description} />
        </FormField>
        <FormField
          name="rank"
          label={t`Rank`}
          hint={t`One can only change people whose role stands no higher than one’s own.`}
        >
          <Input
            key={shown?.key}
            name="rank"
            type="number"
            inputMode="numeric"
            min={1}
            max={100}
            defaultValue={shown?.rank}
          />
        </FormField>
      </Form>
    </Dialog>
  );
}

/** The role that most new ones begin from: the lowest that talks with customers. */
function leastThatTalks(roles: RoleView[]): RoleView | undefined {
  const talking = roles.filter(({ grants }) => exceeds(reachOf(grants, 'conversation.reply'), 'none'));
  return talking.toSorted((a, b) => a.rank - b.rank)[0] ?? roles.at(-1);
}
