import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { asProblem, workspaceCreate } from '@/api';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { meOptions } from '@/app/session';
import { Button, Dialog, Field, Input } from '@/design';
import { useProblemText } from '@/i18n/problem';

export function CreateWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const problemText = useProblemText();
  const create = useMutation({
    mutationFn: async () => (await workspaceCreate({ body: { name: name.trim() } })).data,
    onSuccess: async (workspace) => {
      await queryClient.refetchQueries({ queryKey: meOptions.queryKey });
      onClose();
      await navigate({ to: paths.inbox(workspace.id) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) create.mutate();
  };
  const error = create.error && (asProblem(create.error)?.field('name')?.detail ?? problemText(create.error));

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
          <Button
            type="submit"
            form="create-workspace"
            variant="primary"
            busy={create.isPending}
            blocked={name.trim() ? undefined : t`Give it a name first`}
          >
            {t`Create`}
          </Button>
        </>
      }
    >
      <form id="create-workspace" onSubmit={submit}>
        <Field label={t`Name`} error={error ?? undefined}>
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="organization"
            maxLength={80}
          />
        </Field>
      </form>
    </Dialog>
  );
}
