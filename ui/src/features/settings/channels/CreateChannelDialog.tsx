import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { channelCreateMutation, channelsListQueryKey } from '@/api';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input } from '@/design';
import { Form, FormField, textOf } from '@/form';

export function CreateChannelDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const path = { workspace_id: workspace };
  const create = useMutation({
    ...channelCreateMutation(),
    onSuccess: (channel) => {
      void queryClient.invalidateQueries({ queryKey: channelsListQueryKey({ path }) });
      onClose();
      void navigate({ to: paths.channel(workspace, channel.id) });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`New website chat`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="create-channel" variant="primary" busy={create.isPending}>
            {t`Create`}
          </Button>
        </>
      }
    >
      <Form
        id="create-channel"
        error={create.error}
        onSubmit={(values) => create.mutate({ path, body: { name: textOf(values, 'name') } })}
      >
        <FormField name="name" label={t`Name`} hint={t`Such as the name of the website it is for.`}>
          <Input name="name" required />
        </FormField>
      </Form>
    </Dialog>
  );
}
