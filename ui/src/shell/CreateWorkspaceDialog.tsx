import { useLingui } from '@lingui/react/macro';
import { useCreateWorkspace } from '@/app/useCreateWorkspace';
import { Button, Dialog } from '@/design';
import { WorkspaceForm } from './WorkspaceForm';

export default function CreateWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const create = useCreateWorkspace();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Create a workspace`}
      description={t`A workspace has its own customers, conversations and members.`}
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
      <WorkspaceForm id="create-workspace" create={create} onDone={onClose} />
    </Dialog>
  );
}
