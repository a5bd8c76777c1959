import { useLingui } from '@lingui/react/macro';
import { type SavedSearchView, savedSearchesListQueryKey, savedSearchUpdate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Checkbox, Dialog, Input } from '@/design';
import { Form, FormField, textOf } from '@/form';
import css from '../ListPage.module.css';
import { useToolChange } from '../tools/useToolChange';

/** The name and the sign of a saved view, and whether colleagues have it too. */
export function ViewDialog({ view, onClose }: { view: SavedSearchView; onClose: () => void }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId(), saved_search_id: view.id };
  const save = useToolChange(
    savedSearchesListQueryKey({ path: { workspace_id: path.workspace_id } }),
    (body: { name: string; icon: string | null; shared: boolean }) =>
      savedSearchUpdate({ path, body: { version: view.version, ...body } }),
    onClose,
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Edit the saved view`}
      size="s"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="view" variant="primary" busy={save.isPending}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="view"
        error={save.error}
        onSubmit={(values) =>
          save.mutate({
            name: textOf(values, 'name'),
            icon: textOf(values, 'icon') || null,
            shared: values.get('shared') === 'on',
          })
        }
      >
        <FormField name="name" label={t`Name`}>
          <Input name="name" defaultValue={view.name} required />
        </FormField>
        <FormField name="icon" label={t`Sign`} hint={t`An emoji such as ⭐, or nothing.`}>
          <Input name="icon" defaultValue={view.icon ?? ''} maxLength={8} className={css.number} />
        </FormField>
        <Checkbox name="shared" label={t`Colleagues have it too`} defaultChecked={view.shared} />
      </Form>
    </Dialog>
  );
}
