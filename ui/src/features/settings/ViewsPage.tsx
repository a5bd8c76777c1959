import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bookmark, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  type SavedSearchView,
  savedSearchDelete,
  savedSearchesListOptions,
  savedSearchesListQueryKey,
  savedSearchUpdate,
} from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { useRemoval } from '@/app/useRemoval';
import { useTitle } from '@/app/useTitle';
import { Badge, EmptyState, ErrorState, IconButton, LockNote, Page, Section, Skeleton } from '@/design';
import { OrderedList } from '@/design/OrderedList';
import css from './ListPage.module.css';
import { useToolChange } from './tools/useToolChange';
import { ViewDialog } from './views/ViewDialog';

export default function ViewsPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('search.use');
  useTitle(t`Saved views`);
  return (
    <Page
      title={t`Saved views`}
      description={t`Lists of the inbox that are kept under a name. Save one from the list itself; here they are put in order, renamed and shared.`}
    >
      {blocked ? <LockNote reason={blocked} /> : <Views />}
    </Page>
  );
}

function Views() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const path = { workspace_id: workspace };
  const failed = useFailure();
  const queryKey = savedSearchesListQueryKey({ path });
  const views = useQuery(savedSearchesListOptions({ path }));
  const [order, setOrder] = useState<SavedSearchView[] | null>(null);
  const [editing, setEditing] = useState<SavedSearchView | null>(null);
  const arrange = useToolChange(queryKey, async (next: SavedSearchView[]) => {
    for (const [position, { id, version, ...view }] of next.entries())
      if (view.can_edit && view.position !== position)
        await savedSearchUpdate({ path: { ...path, saved_search_id: id }, body: { version, position } });
    return { data: null };
  });
  const remove = useRemoval(queryKey);

  function reorder(next: SavedSearchView[]) {
    setOrder(next);
    arrange.mutate(next, {
      onError: (error) => failed(t`They are in the order of before`, error),
      onSettled: () => setOrder(null),
    });
  }

  if (views.isPending) return <Skeleton lines={4} label={t`Loading`} />;
  if (views.isError) {
    return (
      <ErrorState
        title={t`The saved views could not be loaded`}
        error={views.error}
        onRetry={() => void views.refetch()}
      />
    );
  }
  const items = order ?? views.data.items;
  return (
    <Section title={t`Saved views`} hideTitle flush>
      {items.length === 0 ? (
        <EmptyState icon={<Bookmark size={28} aria-hidden="true" />} title={t`No saved view yet`}>
          {t`Narrow the list of the inbox, then save it there under a name.`}
        </EmptyState>
      ) : (
        <OrderedList
          label={t`Saved views`}
          items={items}
          keyOf={({ id }) => id}
          nameOf={(view) => view.name}
          onReorder={reorder}
        >
          {(view) => (
            <div className={css.line}>
              <Link to={paths.inbox(workspace, `saved.${view.id}`)} className={css.grow}>
                {view.icon} {view.name}
              </Link>
              {view.shared && <Badge tone="accent">{t`Shared`}</Badge>}
              <Tools
                view={view}
                onEdit={setEditing}
                onDelete={({ id, name }) =>
                  void remove(name, () => savedSearchDelete({ path: { ...path, saved_search_id: id } }))
                }
              />
            </div>
          )}
        </OrderedList>
      )}
      {editing && <ViewDialog view={editing} onClose={() => setEditing(null)} />}
    </Section>
  );
}

interface ToolsProps {
  view: SavedSearchView;
  onEdit: (view: SavedSearchView) => void;
  onDelete: (view: SavedSearchView) => void;
}

function Tools({ view, onEdit, onDelete }: ToolsProps) {
  const { t } = useLingui();
  const { name } = view;
  const blocked = view.can_edit ? undefined : t`Only who saved it changes it.`;
  return (
    <span className={css.end}>
      <IconButton size="s" label={t`Edit ${name}`} blocked={blocked} onClick={() => onEdit(view)}>
        <Pencil size={14} aria-hidden="true" />
      </IconButton>
      <IconButton size="s" label={t`Delete ${name}`} blocked={blocked} onClick={() => onDelete(view)}>
        <Trash2 size={14} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
