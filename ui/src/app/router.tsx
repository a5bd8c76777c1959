import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { TasksSearch } from '@/features/tasks/TasksPage';
import { withTexts } from '@/i18n';
import { NotFound } from './NotFound';
import { operatorRoutes } from './operatorRoutes';
import { isPlace, paths } from './paths';
import { RouteError } from './RouteError';
import { member, root, signedIn, text, workspace } from './roots';
import { homeWorkspace } from './session';
import { settingsRoutes } from './settingsRoutes';

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ location }) => {
    const home = homeWorkspace(await signedIn(location.href));
    throw redirect({ to: home ? paths.inbox(home) : paths.workspaces });
  },
});

const next = (search: Record<string, unknown>): { next?: string } =>
  // Only addresses of this application: a foreign one would make the sign-in page a springboard.
  typeof search.next === 'string' && /^\/(?![/\\])/.test(search.next) ? { next: search.next } : {};

const open = [
  createRoute({
    getParentRoute: () => root,
    path: '/login',
    validateSearch: next,
    component: lazyRouteComponent(() => import('@/features/access/LoginPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/signup',
    validateSearch: next,
    component: lazyRouteComponent(() => import('@/features/access/SignupPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/forgot',
    component: lazyRouteComponent(() => import('@/features/access/ForgotPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reset/$token',
    component: lazyRouteComponent(() => import('@/features/access/ResetPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/verify/$token',
    component: lazyRouteComponent(() => import('@/features/access/VerifyPage')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/invite/$token',
    component: lazyRouteComponent(() => withTexts('rights', () => import('@/features/access/InvitePage'))),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/setup/$token',
    component: lazyRouteComponent(() => import('@/features/access/SetupPage')),
  }),
] as const;

const firstPassword = createRoute({
  getParentRoute: () => member,
  path: '/first-password',
  validateSearch: next,
  component: lazyRouteComponent(() => import('@/features/access/FirstPasswordPage')),
});

const workspaces = createRoute({
  getParentRoute: () => member,
  path: '/workspaces',
  component: lazyRouteComponent(() => withTexts('rights', () => import('@/features/access/WorkspacesPage'))),
});

const me = createRoute({
  getParentRoute: () => member,
  path: '/me',
  component: lazyRouteComponent(() => import('@/features/me/MeLayout')),
});

const mePages = [
  createRoute({
    getParentRoute: () => me,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: paths.me() });
    },
  }),
  createRoute({
    getParentRoute: () => me,
    path: 'profile',
    component: lazyRouteComponent(() => import('@/features/me/ProfilePage')),
  }),
  createRoute({
    getParentRoute: () => me,
    path: 'sessions',
    component: lazyRouteComponent(() => import('@/features/me/SessionsPage')),
  }),
  createRoute({
    getParentRoute: () => me,
    path: 'appearance',
    component: lazyRouteComponent(() => import('@/features/me/AppearancePage')),
  }),
  createRoute({
    getParentRoute: () => me,
    path: 'keyboard',
    component: lazyRouteComponent(() => import('@/features/me/KeyboardPage')),
  }),
  createRoute({
    getParentRoute: () => me,
    path: 'notifications',
    validateSearch: ({ workspace }: Record<string, unknown>): { workspace?: string } =>
      typeof workspace === 'string' ? { workspace } : {},
    component: lazyRouteComponent(() =>
      withTexts('notifications', () => import('@/features/me/NotificationsPage')),
    ),
  }),
] as const;

const workspaceIndex = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: paths.inbox(params.workspace) });
  },
});

export interface InboxSearch {
  sort?: 'oldest';
  unread?: true;
  channel?: string;
  label?: string;
}

const inbox = createRoute({
  getParentRoute: () => workspace,
  path: 'inbox/$view',
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...(search.sort === 'oldest' && { sort: 'oldest' }),
    ...(search.unread === true && { unread: true }),
    ...(typeof search.channel === 'string' && { channel: search.channel }),
    ...(typeof search.label === 'string' && { label: search.label }),
  }),
  beforeLoad: ({ params }) => {
    if (!isPlace(params.view)) throw redirect({ to: paths.inbox(params.workspace) });
  },
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage')),
});

const conversation = createRoute({ getParentRoute: () => inbox, path: '$conversation' });

const customers = createRoute({
  getParentRoute: () => workspace,
  path: 'customers',
  validateSearch: text,
  component: lazyRouteComponent(() => import('@/features/customers/CustomersPage')),
});

const customer = createRoute({
  getParentRoute: () => workspace,
  path: 'customers/$customer',
  component: lazyRouteComponent(() => import('@/features/customers/CustomerPage')),
});

const search = createRoute({
  getParentRoute: () => workspace,
  path: 'search',
  validateSearch: text,
  component: lazyRouteComponent(() => import('@/features/search/SearchPage')),
});

const notifications = createRoute({
  getParentRoute: () => workspace,
  path: 'notifications',
  validateSearch: ({ unread }: Record<string, unknown>): { unread?: true } =>
    unread === true ? { unread } : {},
  component: lazyRouteComponent(() =>
    withTexts('notifications', () => import('@/features/notifications/NotificationsPage')),
  ),
});

const tasks = createRoute({
  getParentRoute: () => workspace,
  path: 'tasks',
  validateSearch: (search: Record<string, unknown>): TasksSearch => ({
    ...((search.who === 'team' || search.who === 'all') && { who: search.who }),
    ...(search.due === 'overdue' && { due: search.due }),
    ...(search.view === 'week' && { view: search.view }),
    ...(search.done === true && { done: search.done }),
  }),
  component: lazyRouteComponent(() => withTexts('tasks', () => import('@/features/tasks/TasksPage'))),
});

const task = createRoute({ getParentRoute: () => tasks, path: '$task' });

const ownership = createRoute({
  getParentRoute: () => workspace,
  path: 'ownership',
  component: lazyRouteComponent(() =>
    withTexts('settings', () => import('@/features/settings/workspace/OwnershipPage')),
  ),
});

const routeTree = root.addChildren([
  index,
  ...open,
  member.addChildren([firstPassword, workspaces, me.addChildren([...mePages]), operatorRoutes]),
  workspace.addChildren([
    workspaceIndex,
    inbox.addChildren([conversation]),
    customers,
    customer,
    search,
    ownership,
    notifications,
    tasks.addChildren([task]),
    settingsRoutes,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: false,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
