import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { savedSearchCreate, savedSearchesListQueryKey } from '@/api';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { useFailure } from '@/app/useFailure';
import { savedOf } from '@/conversations/saved';
import { Button, Checkbox, Dialog, Field, Input } from '@/design';
import type { Inbox } from '../useInbox';

/** Keeps the list as it is narrowed now under a name, for oneself or for everybody. */
export function SaveViewDialog({ inbox, onClose }: { inbox: Inbox; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const failed = useFailure();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const path = { workspace_id: inbox.scope.workspace };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!name.trim()) return;
    try {
      const body = { name: name.trim(), shared, filter: savedOf(inbox.filter) };
      const { data } = await savedSearchCreate({ path, body });
      await queryClient.invalidateQueries({ queryKey: savedSearchesListQueryKey({ path }) });
      onClose();
      void navigate({ to: paths.inbox(inbox.scope.workspace, `saved.${data.id}`) });
    } catch (error) {
      failed(t`Not saved`, error);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Save this view`}
      description={t`It stands in the navigation from then on, with what is narrowed now.`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="save-view"
            variant="primary"
            blocked={name.trim() ? undefined : t`Give it a name`}
          >
            {t`Save`}
          </Button>
        </>
      }
    >
      <form id="save-view" onSubmit={submit}>
        <Field label={t`Name`}>
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Checkbox
          label={t`Everybody in the workspace sees it`}
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
        />
      </form>
    </Dialog>
  );
}
