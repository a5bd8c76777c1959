import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Laptop, Smartphone, Users } from 'lucide-react';
import { type SessionView, sessionDelete, sessionsListOptions, sessionsListQueryKey } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useSignOut } from '@/app/useSignOut';
import { useTitle } from '@/app/useTitle';
import { Badge, Button, ErrorState, Page, Section, Skeleton, toast } from '@/design';
import { useProblemText } from '@/i18n/problem';
import { useTimes } from '@/i18n/time';
import css from './SessionsPage.module.css';

export default function SessionsPage() {
  const { t } = useLingui();
  const sessions = useQuery(sessionsListOptions());
  const end = useEndSessions();
  const all = sessions.data?.items ?? [];
  const others = all.filter((session) => !session.current);
  useTitle(t`Sessions`);
  return (
    <Page
      title={t`Sessions`}
      description={t`Where you are signed in. End what you do not recognise, and change your password.`}
      actions={
        others.length > 0 && (
          <Button
            busy={end.isPending && end.variables.length === others.length}
            onClick={() => end.mutate(others)}
          >
            {t`End all others`}
          </Button>
        )
      }
    >
      <Section title={t`Your devices`} flush>
        {sessions.isPending ? (
          <Skeleton lines={4} label={t`Loading`} />
        ) : sessions.isError ? (
          <ErrorState
            title={t`The sessions could not be loaded`}
            error={sessions.error}
            onRetry={() => void sessions.refetch()}
          />
        ) : (
          <>
            <ul className={css.list}>
              {all.map((session) => (
                <Session
                  key={session.id}
                  session={session}
                  ending={end.isPending && end.variables.includes(session)}
                  onEnd={() => end.mutate([session])}
                />
              ))}
            </ul>
            {others.length === 0 && <p className={css.alone}>{t`You are signed in nowhere else.`}</p>}
          </>
        )}
      </Section>
    </Page>
  );
}

function useEndSessions() {
  const { t } = useLingui();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: (sessions: SessionView[]) =>
      Promise.all(sessions.map(({ id }) => sessionDelete({ path: { session_id: id } }))),
    onSuccess: () => toast({ title: t`Signed out there` }),
    onError: (error) =>
      toast({ title: t`The session is still open`, description: problemText(error), tone: 'danger' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsListQueryKey() }),
  });
}

interface SessionProps {
  session: SessionView;
  ending: boolean;
  onEnd: () => void;
}

function Session({ session, ending, onEnd }: SessionProps) {
  const { t } = useLingui();
  const times = useTimes();
  const signOut = useSignOut();
  const Icon = /phone|android/i.test(session.device) ? Smartphone : Laptop;
  return (
    <li className={css.session}>
      <Icon size={20} aria-hidden="true" className={css.icon} />
      <span className={css.text}>
        <span className={css.device}>
          <b>{session.device}</b>
          {session.current && <Badge tone="ok">{t`This device`}</Badge>}
          {session.shared_device && (
            <Badge tone="warn" icon={<Users size={12} aria-hidden="true" />}>
              {t`Shared device`}
            </Badge>
          )}
        </span>
        <small>
          {session.current
            ? t`Signed in ${times.full(session.created_at)}`
            : t`Signed in ${times.full(session.created_at)}, last used ${times.full(session.last_seen_at)}`}
        </small>
        {session.shared_device && <small>{t`Ends by itself after an hour without use.`}</small>}
      </span>
      {session.current ? (
        <Button variant="ghost" onClick={() => void signOut()}>
          {t`Sign out`}
        </Button>
      ) : (
        <Button busy={ending} aria-label={t`End the session on ${session.device}`} onClick={onEnd}>
          {t`End`}
        </Button>
      )}
    </li>
  );
}
