import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { auditSearch } from '@/features/audit/filter';
import type { RolesSearch } from '@/features/rights/roles/useRoleRows';
import type { PeopleSearch } from '@/features/settings/members/filter';
import { withTexts } from '@/i18n';
import { paths } from './paths';
import { text, workspace } from './roots';

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
  component: lazyRouteComponent(() =>
    withTexts('rights', () => withTexts('money', () => import('@/features/settings/MembersPage'))),
  ),
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

/** Another product keeps the credits with the team. */
const creditsElsewhere = createRoute({
  getParentRoute: () => settings,
  path: 'team/credits',
  beforeLoad: ({ params }) => {
    throw redirect({ to: paths.settings((params as { workspace: string }).workspace, 'credits') });
  },
});

/** The dialog that is open on the page of the plan. */
interface PlanSearch {
  buy?: string | undefined;
  quantity?: number;
  ask?: 'more_seats' | 'contact' | undefined;
}

/** What the payment provider leads back with. */
interface PurchaseSearch {
  checkout?: string;
  outcome?: 'cancelled';
}

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
    path: 'teams',
    component: lazyRouteComponent(() => import('@/features/settings/TeamsPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'teams/$team',
    component: lazyRouteComponent(() => import('@/features/settings/TeamPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'hours',
    component: lazyRouteComponent(() => import('@/features/settings/HoursPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'shifts',
    component: lazyRouteComponent(() => import('@/features/settings/ShiftsPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'routing',
    component: lazyRouteComponent(() => import('@/features/settings/RoutingPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'inbox',
    component: lazyRouteComponent(() => import('@/features/settings/InboxSettingsPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'labels',
    component: lazyRouteComponent(() => import('@/features/settings/LabelsPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'replies',
    component: lazyRouteComponent(() => import('@/features/settings/RepliesPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'macros',
    component: lazyRouteComponent(() => import('@/features/settings/MacrosPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'views',
    component: lazyRouteComponent(() => import('@/features/settings/ViewsPage')),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'slack',
    component: lazyRouteComponent(() => import('@/features/settings/SlackPage')),
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
    path: 'plan',
    validateSearch: ({ buy, quantity, ask }: Record<string, unknown>): PlanSearch => ({
      ...(typeof buy === 'string' && { buy }),
      ...(typeof quantity === 'number' && Number.isInteger(quantity) && quantity > 0 && { quantity }),
      ...((ask === 'more_seats' || ask === 'contact') && { ask }),
    }),
    component: lazyRouteComponent(() => withTexts('money', () => import('@/features/money/PlanPage'))),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'credits',
    component: lazyRouteComponent(() => withTexts('money', () => import('@/features/money/CreditsPage'))),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'invoices',
    component: lazyRouteComponent(() => withTexts('money', () => import('@/features/money/InvoicesPage'))),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'billing',
    validateSearch: ({ checkout, outcome }: Record<string, unknown>): PurchaseSearch => ({
      ...(typeof checkout === 'string' && { checkout }),
      ...(outcome === 'cancelled' && { outcome }),
    }),
    beforeLoad: ({ params, search }) => {
      const { workspace } = params as { workspace: string };
      if (!search.checkout) throw redirect({ to: paths.settings(workspace, 'plan') });
    },
    component: lazyRouteComponent(() => withTexts('money', () => import('@/features/money/PurchasePage'))),
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

export const settingsRoutes = settings.addChildren([
  members.addChildren([...membersPages]),
  ...settingsPages,
  ...membersElsewhere,
  creditsElsewhere,
]);
