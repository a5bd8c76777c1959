import { useNavigate, useRouter } from '@tanstack/react-router';
import { type MeView, sessionBegan } from '@/api';
import { queryClient } from '@/app/queryClient';
import { meOptions } from '@/app/session';

/** Begins the session that the server just opened, and goes on to where the person was heading. */
export function useEnter(): (me: MeView, next?: string) => void {
  const navigate = useNavigate();
  const router = useRouter();
  return (me, next) => {
    sessionBegan();
    queryClient.clear();
    queryClient.setQueryData(meOptions.queryKey, me);
    if (next) router.history.push(next);
    else void navigate({ to: '/' });
  };
}
