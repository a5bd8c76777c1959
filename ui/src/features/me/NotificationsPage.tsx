import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { notificationPreferencesShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { homeWorkspace, useMe } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { EmptyState, ErrorState, Field, Page, Select, Skeleton } from '@/design';
import { PreferencesForm } from '@/features/notifications/PreferencesForm';
import { ThisDevice } from '@/features/notifications/ThisDevice';
import type { Choices } from '@/features/notifications/words';
import css from './NotificationsPage.module.css';

/** What one is told of, in each workspace one belongs to, and on this device. */
export default function NotificationsPage() {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const { workspace = homeWorkspace(me) ?? me.memberships[0]?.workspace.id } = useSearch({
    from: '/member/me/notifications',
  });
  useTitle(t`Notifications`);
  return (
    <Page
      title={t`Notifications`}
      description={t`What you are told of, and how. Only you see and change this.`}
    >
      {me.memberships.length > 1 && (
        <div className={css.workspace}>
          <Field label={t`In the workspace`}>
            <Select
              value={workspace}
              onChange={({ target }) =>
                void navigate({ to: paths.me('notifications'), search: { workspace: target.value } })
              }
            >
              {me.memberships.map((each) => (
                <option key={each.workspace.id} value={each.workspace.id}>
                  {each.workspace.name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
      {workspace ? (
        <>
          <ThisDevice workspace={workspace} />
          <Preferences workspace={workspace} />
        </>
      ) : (
        <EmptyState title={t`You belong to no workspace`} />
      )}
    </Page>
  );
}

function Preferences({ workspace }: { workspace: string }) {
  const { t } = useLingui();
  const query = useQuery(notificationPreferencesShowOptions({ path: { workspace_id: workspace } }));
  if (query.isPending) return <Skeleton lines={10} label={t`Loading`} />;
  if (query.isError) {
    return (
      <ErrorState
        title={t`Your choices could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return <PreferencesForm key={workspace} workspace={workspace} saved={query.data as Choices} />;
}
