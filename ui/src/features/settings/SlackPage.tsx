import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SlackView, slackDelete, slackPut, slackShowOptions, slackTest } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { useTitle } from '@/app/useTitle';
import { Badge, Button, ErrorState, Input, LockNote, Page, Section, Skeleton, toast } from '@/design';
import { Form, FormActions, FormField, textOf } from '@/form';
import { useTimes } from '@/i18n/time';
import css from './ListPage.module.css';

/** Where the team's notifications go in Slack. */
export default function SlackPage() {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const blocked = useBlockedHere();
  const slack = useQuery({ ...slackShowOptions({ path }), enabled: !blocked('integration.view') });
  useTitle(t`Slack`);
  return (
    <Page
      title={t`Slack`}
      description={t`One channel of your Slack hears what members choose under “Slack” in their notifications.`}
    >
      <Section title={t`Incoming webhook`}>
        {blocked('integration.view') ? (
          <LockNote reason={blocked('integration.view')} />
        ) : slack.isPending ? (
          <Skeleton lines={3} label={t`Loading`} />
        ) : slack.isError ? (
          <ErrorState
            title={t`The connection could not be loaded`}
            error={slack.error}
            onRetry={() => void slack.refetch()}
          />
        ) : slack.data.connected ? (
          <Connected slack={slack.data} />
        ) : (
          <Connect />
        )}
      </Section>
    </Page>
  );
}

/** What the connection is now is asked for again after each change. */
function useSlack<Change, Answer>(
  change: (path: { workspace_id: string }, what: Change) => Promise<{ data: Answer }>,
) {
  const path = { workspace_id: useWorkspaceId() };
  return useMutation({
    mutationFn: async (what: Change) => (await change(path, what)).data,
    onSettled: () => queryClient.invalidateQueries({ queryKey: slackShowOptions({ path }).queryKey }),
  });
}

function Connect() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('integration.edit');
  const connect = useSlack((path, webhook_url: string) => slackPut({ path, body: { webhook_url } }));
  return (
    <>
      <LockNote reason={blocked} />
      <Form
        error={connect.error}
        onSubmit={(values) => !blocked && connect.mutate(textOf(values, 'webhook_url'))}
      >
        <FormField
          name="webhook_url"
          label={t`Address`}
          hint={t`In Slack: make an app, switch on incoming webhooks, choose the channel and copy the address. It is kept and shown to nobody again.`}
        >
          <Input
            name="webhook_url"
            type="url"
            placeholder="https://hooks.slack.com/services/…"
            autoComplete="off"
            readOnly={blocked !== undefined}
            required
          />
        </FormField>
        <FormActions>
          <Button type="submit" variant="primary" busy={connect.isPending} blocked={blocked}>
            {t`Connect`}
          </Button>
        </FormActions>
      </Form>
    </>
  );
}

function Connected({ slack }: { slack: SlackView }) {
  const { t } = useLingui();
  const times = useTimes();
  const failed = useFailure();
  const blocked = useBlockedHere()('integration.edit');
  const test = useSlack((path, _: undefined) => slackTest({ path }));
  const disconnect = useSlack((path, _: undefined) => slackDelete({ path }));
  const who = slack.connected_by?.name ?? t`Somebody`;
  const since = slack.connected_at ? times.date(slack.connected_at) : '';
  return (
    <div className={css.line}>
      <p className={css.grow}>
        <Badge tone="ok">{t`Connected`}</Badge> {slack.host}
        <br />
        <span className={css.quiet}>{t`${who} connected it on ${since}.`}</span>
      </p>
      <Button
        busy={test.isPending}
        blocked={blocked}
        onClick={() =>
          test.mutate(undefined, {
            onSuccess: () => toast({ title: t`Slack has the test message` }),
            onError: (error) => failed(t`Slack did not take the test message`, error),
          })
        }
      >
        {t`Send a test`}
      </Button>
      <Button
        variant="danger"
        busy={disconnect.isPending}
        blocked={blocked}
        onClick={() =>
          disconnect.mutate(undefined, { onError: (error) => failed(t`Slack is still connected`, error) })
        }
      >
        {t`Disconnect`}
      </Button>
    </div>
  );
}
