import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type WorkspaceView, workspaceShowQueryKey, workspaceUpdateMutation } from '@/api';
import { takeIn } from '@/app/patch';
import { queryClient } from '@/app/queryClient';
import { meOptions } from '@/app/session';
import { Button, Input, LockNote, toast } from '@/design';
import { Form, FormActions, FormField, textOf } from '@/form';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';

/** The name of the workspace, and since when it exists under which pack. */
export function RenameForm({ workspace }: { workspace: WorkspaceView }) {
  const { t } = useLingui();
  const times = useTimes();
  const blocked = useBlocked()(workspace, 'workspace.edit_settings');
  const path = { workspace_id: workspace.id };
  const rename = useMutation({
    ...workspaceUpdateMutation(),
    onSuccess: (renamed) => {
      takeIn(workspaceShowQueryKey({ path }), renamed);
      void queryClient.invalidateQueries({ queryKey: meOptions.queryKey });
      toast({ title: t`Saved` });
    },
  });
  return (
    <>
      <LockNote reason={blocked} />
      <Form
        key={workspace.version}
        error={rename.error}
        onSubmit={(values) => rename.mutate({ path, body: { name: textOf(values, 'name') } })}
      >
        <FormField
          name="name"
          label={t`Name`}
          hint={t`Your team sees it in the workspace switcher and in invitations. Created ${times.date(workspace.created_at)}.`}
        >
          <Input
            name="name"
            defaultValue={workspace.name}
            autoComplete="organization"
            readOnly={blocked !== undefined}
            required
          />
        </FormField>
        <FormActions>
          <Button type="submit" variant="primary" busy={rename.isPending} blocked={blocked}>
            {t`Save`}
          </Button>
        </FormActions>
      </Form>
    </>
  );
}
