import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { asProblem } from '@/api';
import { activateLocale, i18n } from '@/i18n';
import { NotFound } from './NotFound';
import { comingBackTo, paths } from './paths';
import { RouteError } from './RouteError';
import { loadMe, rememberWorkspace } from './session';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Sends people without a session to the sign-in page, and back afterwards. */
export async function signedIn(href: string) {
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

/** Everything for who is signed in, whatever workspace they are in. */
export const member = createRoute({
  getParentRoute: () => root,
  id: 'member',
  beforeLoad: ({ location }) => signedIn(location.href),
  errorComponent: RouteError,
});

/** Everything within a workspace. */
export const workspace = createRoute({
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

/** The words of a search, from the address. */
export const text = (search: Record<string, unknown>): { q?: string } =>
  typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {};
