import { useLingui } from '@lingui/react/macro';
import { useCreateWorkspace } from '@/app/useCreateWorkspace';
import { Button, Dialog, Input } from '@/design';
import { Form, FormField, textOf } from '@/form';

export function CreateWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const create = useCreateWorkspace();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Create a workspace`}
      description={t`A workspace has its own customers, conversations and members.`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="create-workspace" variant="primary" busy={create.isPending}>
            {t`Create`}
          </Button>
        </>
      }
    >
      <Form
        id="create-workspace"
        error={create.error}
        onSubmit={(values) => create.mutate(textOf(values, 'name'), { onSuccess: onClose })}
      >
        <FormField name="name" label={t`Name`}>
          <Input name="name" autoComplete="organization" required />
        </FormField>
      </Form>
    </Dialog>
  );
}
