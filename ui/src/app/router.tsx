import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { asProblem } from '@/api';
import { auditSearch } from '@/features/audit/filter';
import type { RolesSearch } from '@/features/rights/roles/useRoleRows';
import type { PeopleSearch } from '@/features/settings/members/filter';
import { activateLocale, i18n, withTexts } from '@/i18n';
import { NotFound } from './NotFound';
import { comingBackTo, isPlace, paths } from './paths';
import { RouteError } from './RouteError';
import { homeWorkspace, loadMe, rememberWorkspace } from './session';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Sends people without a session to the sign-in page, and back afterwards. */
async function signedIn(href: string) {
  try {
    const me = await loadMe();
    if (i18n.locale !== me.account.locale) await activateLocale(me.account.locale);
    // Until then every workspace is closed.
    if (me.account.password_must_change && !href.startsWith(paths.firstPassword))
      throw redirect({ to: paths.firstPassword, search: comingBackTo(href) });
    return me;
  } catch (error) {
    if (asProblem(error)?.status !== 401) throw error;
    throw redirect({ to: paths.login, search: comingBackTo(href) });
  }
}

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

const member = createRoute({
  getParentRoute: () => root,
  id: 'member',
  beforeLoad: ({ location }) => signedIn(location.href),
  errorComponent: RouteError,
});

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
] as const;

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspace',
  beforeLoad: async ({ location, params }) => {
    const account = await signedIn(location.href);
    const belongs = account.memberships.some((each) => each.workspace.id === params.workspace);
    if (!belongs) throw redirect({ to: paths.workspaces });
    rememberWorkspace(params.workspace);
  },
  component: lazyRouteComponent(() => import('@/shell/Shell')),
  errorComponent: RouteError,
});

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
}

const inbox = createRoute({
  getParentRoute: () => workspace,
  path: 'inbox/$view',
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...(search.sort === 'oldest' && { sort: 'oldest' }),
    ...(search.unread === true && { unread: true }),
    ...(typeof search.channel === 'string' && { channel: search.channel }),
  }),
  beforeLoad: ({ params }) => {
    if (!isPlace(params.view)) throw redirect({ to: paths.inbox(params.workspace) });
  },
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage')),
});

const conversation = createRoute({ getParentRoute: () => inbox, path: '$conversation' });

const text = (search: Record<string, unknown>): { q?: string } =>
  typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {};

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

const ownership = createRoute({
  getParentRoute: () => workspace,
  path: 'ownership',
  component: lazyRouteComponent(() =>
    withTexts('settings', () => import('@/features/settings/workspace/OwnershipPage')),
  ),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: 'settings',
  component: lazyRouteComponent(() =>
    withTexts('settings', () => import('@/features/settings/SettingsLayout')),
  ),
});

const members = createRoute({
  getParentRoute: () => settings,
  path: 'members',
  validateSearch: ({ add }: Record<string, unknown>): { add?: 'mail' | 'directly' } =>
    add === 'mail' || add === 'directly' ? { add } : {},
  component: lazyRouteComponent(() => withTexts('rights', () => import('@/features/settings/MembersPage'))),
});

const membersPages = [
  createRoute({
    getParentRoute: () => members,
    path: '/',
    validateSearch: (search: Record<string, unknown>): PeopleSearch => ({
      ...text(search),
      ...(typeof search.role === 'string' && { role: search.role }),
      ...((search.status === 'active' || search.status === 'inactive') && { status: search.status }),
    }),
    component: lazyRouteComponent(() => import('@/features/settings/members/PeoplePage')),
  }),
  createRoute({
    getParentRoute: () => members,
    path: 'invitations',
    component: lazyRouteComponent(() => import('@/features/settings/members/InvitationsPage')),
  }),
  createRoute({
    getParentRoute: () => members,
    path: 'review',
    component: lazyRouteComponent(() => import('@/features/settings/members/ReviewPage')),
  }),
  createRoute({
    getParentRoute: () => members,
    path: 'former',
    component: lazyRouteComponent(() => import('@/features/settings/members/FormerPage')),
  }),
] as const;

/** Where other products keep the members: people who come from there find them. */
const membersElsewhere = ['workspace', 'users', 'users/users', 'team', 'team/members'].map((path) =>
  createRoute({
    getParentRoute: () => settings,
    path,
    beforeLoad: ({ params }) => {
      throw redirect({ to: paths.members((params as { workspace: string }).workspace) });
    },
  }),
);

const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    beforeLoad: ({ params }) => {
      throw redirect({ to: paths.settings((params as { workspace: string }).workspace) });
    },
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'general',
    component: lazyRouteComponent(() => import('@/features/settings/GeneralPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'members/$member',
    component: lazyRouteComponent(() => withTexts('rights', () => import('@/features/settings/MemberPage'))),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'roles',
    validateSearch: (search: Record<string, unknown>): RolesSearch => ({
      ...(typeof search.role === 'string' && { role: search.role }),
      ...(typeof search.with === 'string' && { with: search.with }),
      ...text(search),
      ...((search.only === 'changes' || search.only === 'differences') && { only: search.only }),
      ...(search.simple === true && { simple: true }),
    }),
    component: lazyRouteComponent(() =>
      withTexts('rights', () => import('@/features/rights/roles/RolesPage')),
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'permission-sets',
    component: lazyRouteComponent(() =>
      withTexts('rights', () => import('@/features/rights/sets/PermissionSetsPage')),
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'permission-sets/$set',
    component: lazyRouteComponent(() =>
      withTexts('rights', () => import('@/features/rights/sets/PermissionSetPage')),
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'policy-pack',
    validateSearch: (search: Record<string, unknown>): { to?: string } =>
      typeof search.to === 'string' ? { to: search.to } : {},
    component: lazyRouteComponent(() =>
      withTexts('rights', () => import('@/features/rights/pack/PolicyPackPage')),
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'channels',
    component: lazyRouteComponent(() => import('@/features/settings/ChannelsPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'channels/$channel',
    component: lazyRouteComponent(() => import('@/features/settings/ChannelPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'api-keys',
    component: lazyRouteComponent(() =>
      withTexts('rights', () => import('@/features/settings/api-keys/ApiKeysPage')),
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() =>
      // Its sentences name permissions.
      withTexts('rights', () => withTexts('audit', () => import('@/features/audit/AuditPage'))),
    ),
  }),
] as const;

const routeTree = root.addChildren([
  index,
  ...open,
  member.addChildren([firstPassword, workspaces, me.addChildren([...mePages])]),
  workspace.addChildren([
    workspaceIndex,
    inbox.addChildren([conversation]),
    customers,
    customer,
    search,
    ownership,
    settings.addChildren([members.addChildren([...membersPages]), ...settingsPages, ...membersElsewhere]),
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
