import type { ReactNode } from 'react';

function Link({ to, children }: { to: string; children: ReactNode }) {
  return <a href={to}>{children}</a>;
}

/** As much of the router as is asked for here, at an address. */
export const routerAt = (path: () => string) => ({
  Link,
  useParams: () => ({ workspace: 'w' }),
  useLocation: ({ select }: { select: (at: { pathname: string }) => unknown }) =>
    select({ pathname: path() }),
});
