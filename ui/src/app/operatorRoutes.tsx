import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { InvoicesSearch } from '@/features/operator/InvoicesPage';
import type { RequestsSearch } from '@/features/operator/RequestsPage';
import { withTexts } from '@/i18n';
import { paths } from './paths';
import { member, text } from './roots';

/** What few people open comes with its own texts, and those about money. */
const operator = createRoute({
  getParentRoute: () => member,
  path: '/admin',
  component: lazyRouteComponent(() =>
    withTexts('money', () => withTexts('operator', () => import('@/features/operator/OperatorLayout'))),
  ),
});

const pages = [
  createRoute({
    getParentRoute: () => operator,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: paths.operator() });
    },
  }),
  createRoute({
    getParentRoute: () => operator,
    path: 'workspaces',
    validateSearch: text,
    component: lazyRouteComponent(() => import('@/features/operator/WorkspacesPage')),
  }),
  createRoute({
    getParentRoute: () => operator,
    path: 'workspaces/$id',
    component: lazyRouteComponent(() => import('@/features/operator/WorkspacePage')),
  }),
  createRoute({
    getParentRoute: () => operator,
    path: 'invoices',
    validateSearch: ({ state }: Record<string, unknown>): InvoicesSearch =>
      state === 'paid' || state === 'void' || state === 'uncollectible' ? { state } : {},
    component: lazyRouteComponent(() => import('@/features/operator/InvoicesPage')),
  }),
  createRoute({
    getParentRoute: () => operator,
    path: 'requests',
    validateSearch: ({ state }: Record<string, unknown>): RequestsSearch =>
      state === 'done' ? { state } : {},
    component: lazyRouteComponent(() => import('@/features/operator/RequestsPage')),
  }),
  createRoute({
    getParentRoute: () => operator,
    path: 'catalogues',
    component: lazyRouteComponent(() => import('@/features/operator/CataloguesPage')),
  }),
  createRoute({
    getParentRoute: () => operator,
    path: 'catalogues/$id',
    validateSearch: ({ version }: Record<string, unknown>): { version?: number } =>
      typeof version === 'number' && Number.isInteger(version) ? { version } : {},
    component: lazyRouteComponent(() => import('@/features/operator/CataloguePage')),
  }),
  createRoute({
    getParentRoute: () => operator,
    path: 'troubles',
    component: lazyRouteComponent(() => import('@/features/operator/TroublesPage')),
  }),
] as const;

export const operatorRoutes = operator.addChildren([...pages]);
