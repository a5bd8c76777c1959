import { useLingui } from '@lingui/react/macro';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { isPreviewed } from '@/api';
import { paths, type View, views } from '@/app/paths';
import { useBlockedHere, useMembership } from '@/app/session';
import { useScope } from '@/conversations/scope';
import { undoLast } from '@/conversations/undo';
import { useStore } from '@/design';
import { withTexts } from '@/i18n';
import { useCommand, useKeyboard } from '@/keyboard';
import { useRealtime } from '@/realtime';
import { Closing } from './Closing';
import { MembersOnly } from './MembersOnly';
import { Notices } from './Notices';
import { OfflineBanner } from './OfflineBanner';
import { Overlays } from './Overlays';
import { PreviewBanner } from './PreviewBanner';
import { Rail } from './Rail';
import { isRestrictedHere } from './restricted';
import css from './Shell.module.css';
import { overlay, railOpen, toggle } from './state';
import { Tabs } from './Tabs';
import { useActivity } from './useActivity';

const RestrictedScreen = lazy(() =>
  withTexts('money', () => import('@/features/money/restricted/RestrictedScreen')),
);

export default function Shell() {
  return (
    <MembersOnly>
      <Room />
    </MembersOnly>
  );
}

function Room() {
  const { t } = useLingui();
  const scope = useScope();
  const open = useStore(railOpen);
  useRealtime(scope, useBlockedHere()('conversation.view') !== undefined);
  useKeyboard();
  useActivity();
  useShellCommands(scope.workspace);

  return (
    <div
      className={css.app}
      data-rail={open ? 'open' : 'closed'}
      data-preview={isPreviewed(scope.workspace) || undefined}
    >
      <a href="#main" className={css.skip}>
        {t`Skip to the content`}
      </a>
      <PreviewBanner workspace={scope.workspace} />
      <Rail />
      <div className={css.main}>
        <OfflineBanner />
        <Notices />
        <div className={css.card} id="main" tabIndex={-1}>
          <Screen />
        </div>
      </div>
      <Tabs />
      <Overlays />
    </div>
  );
}

/** What the address asks for. In a workspace that is about to go, or has no plan, not every screen still answers. */
function Screen() {
  const { workspace } = useMembership();
  const path = useLocation({ select: ({ pathname }) => pathname });
  if (workspace.deletion_at && path.split('/')[3] !== 'settings')
    return <Closing at={workspace.deletion_at} />;
  if (!isRestrictedHere(workspace, path)) return <Outlet />;
  return (
    <Suspense>
      <RestrictedScreen />
    </Suspense>
  );
}

function useShellCommands(workspace: string) {
  const navigate = useNavigate();
  const go = (to: string) => void navigate({ to });
  const view = (at: number) => go(paths.inbox(workspace, views[at] as View));

  useCommand('view1', () => view(0));
  useCommand('view2', () => view(1));
  useCommand('view3', () => view(2));
  useCommand('view4', () => view(3));
  useCommand('view5', () => view(4));
  useCommand('view6', () => view(5));
  useCommand('view7', () => view(6));
  useCommand('goMine', () => go(paths.inbox(workspace, 'mine')));
  useCommand('goUnassigned', () => go(paths.inbox(workspace, 'unassigned')));
  useCommand('goAll', () => go(paths.inbox(workspace, 'all')));
  useCommand('goCustomers', () => go(paths.customers(workspace)));
  useCommand('goTasks', () => go(paths.tasks(workspace)));
  useCommand('goSettings', () => go(paths.settings(workspace)));
  useCommand('palette', () => overlay.set((now) => (now === 'palette' ? null : 'palette')));
  useCommand('search', () => overlay.set('palette'));
  useCommand('shortcuts', () => overlay.set('shortcuts'));
  useCommand('rail', () => toggle(railOpen));
  useCommand('undo', undoLast);
}
