import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Building2, ChevronRight } from 'lucide-react';
import { type OperatorWorkspaceView, operatorWorkspacesListInfiniteOptions } from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import { Button, EmptyState, Page } from '@/design';
import { SearchField } from '@/design/SearchField';
import { useSearchText } from '@/design/useSearchText';
import css from '@/features/settings/ListPage.module.css';
import { Listed } from './Listed';
import { paged } from './operator';
import { Standings } from './workspaces/Standings';
import { useHeld } from './workspaces/useHeld';

/** Every workspace of the server: its plan, how that stands, and what is used of it. */
export default function WorkspacesPage() {
  const { t } = useLingui();
  const { q = '' } = useSearch({ from: '/member/admin/workspaces' });
  const navigate = useNavigate({ from: '/admin/workspaces' });
  const find = (q: string) => void navigate({ search: q ? { q } : {}, replace: true });
  const [text, setText] = useSearchText(q, find);
  const workspaces = useInfiniteQuery({
    ...operatorWorkspacesListInfiniteOptions({ query: q ? { q } : {} }),
    ...paged,
    placeholderData: keepPreviousData,
  });
  useTitle(t`Workspaces`);
  return (
    <Page
      title={t`Workspaces`}
      description={t`Which plan each one is on and what is used of it. What is said in them stays theirs.`}
    >
      <SearchField label={t`Find a workspace by its name or id`} value={text} onChange={setText} />
      <Listed
        title={t`Workspaces`}
        pages={workspaces}
        failed={t`The workspaces could not be loaded`}
        empty={
          <EmptyState
            icon={<Building2 size={28} aria-hidden="true" />}
            title={q ? t`None is called like “${q}”` : t`No workspace yet`}
            action={q && <Button onClick={() => find('')}>{t`Clear the search`}</Button>}
          >
            {!q && t`Everybody who signs up makes one, and it stands here with its plan.`}
          </EmptyState>
        }
      >
        {(items) => (
          <ul className={css.list}>
            {items.map((workspace) => (
              <Row key={workspace.id} workspace={workspace} />
            ))}
          </ul>
        )}
      </Listed>
    </Page>
  );
}

function Row({ workspace }: { workspace: OperatorWorkspaceView }) {
  const held = useHeld(workspace);
  return (
    <li>
      <Link to={paths.operatedWorkspace(workspace.id)} className={css.row}>
        <span className={css.name}>
          <b>{workspace.name}</b>
          <small>
            {workspace.owner_name} · {workspace.plan_name} ({workspace.catalogue})
          </small>
        </span>
        <span className={css.quiet}>{held}</span>
        <Standings workspace={workspace} />
        <ChevronRight size={16} aria-hidden="true" className={css.go} />
      </Link>
    </li>
  );
}
