import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type PermissionSetView, permissionSetCreate, permissionSetUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input, Textarea, toast } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { readRightsAgain } from '../useRights';

interface Props {
  /** A set to call otherwise, instead of making one. */
  renamed?: PermissionSetView;
  onClose: () => void;
  onSaved?: (set: PermissionSetView) => void;
}

/** Makes an empty permission set, or changes how one is called. */
export function SetDialog({ renamed, onClose, onSaved }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const path = { workspace_id: workspace };
      const body = { label: textOf(values, 'label'), description: textOf(values, 'description') };
      if (!renamed) return permissionSetCreate({ path, body });
      const { id: permission_set_id, version } = renamed;
      return permissionSetUpdate({ path: { ...path, permission_set_id }, body: { ...body, version } });
    },
    onSuccess: async ({ data: set }) => {
      await readRightsAgain(workspace);
      if (renamed) toast({ title: t`Saved` });
      onSaved?.(set);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={renamed ? t`Rename the permission set` : t`New permission set`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>{t`Cancel`}</Button>
          <Button type="submit" form="permission-set" variant="primary" busy={save.isPending}>
            {renamed ? t`Save` : t`Create`}
          </Button>
        </>
      }
    >
      <Form id="permission-set" error={save.error} onSubmit={(values) => save.mutate(values)}>
        <FormField name="label" label={t`Name`}>
          <Input name="label" required maxLength={60} autoComplete="off" defaultValue={renamed?.label} />
        </FormField>
        <FormField
          name="description"
          label={t`Description`}
          hint={t`What it is for. Shown where people are given it.`}
        >
          <Textarea name="description" rows={2} defaultValue={renamed?.description} />
        </FormField>
      </Form>
    </Dialog>
  );
}
