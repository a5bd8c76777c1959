import { hashKey } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { meShow } from '@/api';
import { toast } from '@/design';
import { takeIn } from './patch';
import { paths } from './paths';
import { queryClient } from './queryClient';
import { meOptions } from './session';

/** Leads out of a workspace one belongs to no longer, says why, and forgets what was seen there. */
export function useGone(): (title: string, description?: string) => Promise<void> {
  const navigate = useNavigate();
  return async (title, description) => {
    // Who is signed out altogether is led to the sign-in page by the answer.
    const me = await meShow().catch(() => null);
    if (!me) return;
    // First away, then forget: a screen that still stands would ask for what it showed again.
    await navigate({ to: paths.workspaces });
    queryClient.removeQueries({ predicate: ({ queryHash }) => queryHash !== hashKey(meOptions.queryKey) });
    takeIn(meOptions.queryKey, me.data);
    toast({ title, description });
  };
}
