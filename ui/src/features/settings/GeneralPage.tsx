import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  type WorkspaceView,
  workspaceShowOptions,
  workspaceShowQueryKey,
  workspaceUpdateMutation,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { meOptions, useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, ErrorState, Input, LockNote, Page, Section, Skeleton, toast } from '@/design';
import { Form, FormActions, FormField, textOf } from '@/form';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';

export default function GeneralPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('workspace.view_settings');
  const workspace = useQuery({
    ...workspaceShowOptions({ path: { workspace_id: useWorkspaceId() } }),
    enabled: !blocked,
  });
  useTitle(t`General`);
  return (
    <Page title={t`General`} description={t`What this workspace is called, and since when it exists.`}>
      {blocked ? (
        <LockNote reason={blocked} />
      ) : workspace.isPending ? (
        <Skeleton lines={3} label={t`Loading`} />
      ) : workspace.isError ? (
        <ErrorState
          title={t`The settings could not be loaded`}
          error={workspace.error}
          onRetry={() => void workspace.refetch()}
        />
      ) : (
        <Rename workspace={workspace.data} />
      )}
    </Page>
  );
}

function Rename({ workspace }: { workspace: WorkspaceView }) {
  const { t } = useLingui();
  const times = useTimes();
  const blocked = useBlocked()(workspace, 'workspace.edit_settings');
  const path = { workspace_id: workspace.id };
  const rename = useMutation({
    ...workspaceUpdateMutation(),
    onSuccess: (renamed) => {
      queryClient.setQueryData(workspaceShowQueryKey({ path }), renamed);
      void queryClient.invalidateQueries({ queryKey: meOptions.queryKey });
      toast({ title: t`Saved` });
    },
  });
  return (
    <Section title={t`Workspace`}>
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
    </Section>
  );
}
