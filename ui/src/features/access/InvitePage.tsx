import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import {
  type InvitationLookupView,
  invitationAccept,
  invitationLookup,
  type MeView,
  meShow,
  sessionDelete,
} from '@/api';
import { takeIn } from '@/app/patch';
import { paths } from '@/app/paths';
import { queryClient } from '@/app/queryClient';
import { meOptions } from '@/app/session';
import { Button, ErrorState, Notice, Skeleton } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import { Form } from '@/form';
import { useTimes } from '@/i18n/time';
import { AccessLayout } from './AccessLayout';
import { AccountForm } from './AccountForm';
import { LoginForm } from './LoginForm';
import { isDeadLink } from './links';
import { useEnter } from './useEnter';

export default function InvitePage() {
  const { t } = useLingui();
  const times = useTimes();
  const describe = usePackText();
  const { token } = useParams({ from: '/invite/$token' });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: async () => (await invitationLookup({ body: { token } })).data,
    retry: false,
  });
  const me = useQuery({ ...meOptions, retry: false });
  if (isDeadLink(invitation.error)) {
    return (
      <AccessLayout
        title={t`This invitation is no longer good`}
        description={t`It was used, withdrawn, or its time is over. Ask the person who invited you to send it again.`}
      />
    );
  }
  if (invitation.isError) {
    return (
      <AccessLayout title={t`Invitation`}>
        <ErrorState
          title={t`The invitation could not be loaded`}
          error={invitation.error}
          onRetry={() => invitation.refetch()}
        />
      </AccessLayout>
    );
  }
  if (invitation.isPending || me.isPending) {
    return (
      <AccessLayout title={t`Invitation`}>
        <Skeleton label={t`Loading`} lines={4} />
      </AccessLayout>
    );
  }
  const { workspace_name, inviter_name, role_label, role_description, as_owner, expires_at } =
    invitation.data;
  return (
    <AccessLayout
      title={t`Join ${workspace_name}`}
      description={
        <>
          <p>
            <Trans>
              {inviter_name} invites you as <b>{role_label}</b>.
            </Trans>
          </p>
          {!as_owner && <p>{describe(role_description)}</p>}
        </>
      }
      footer={<p>{t`The invitation stands until ${times.date(expires_at)}.`}</p>}
    >
      {as_owner && (
        <Notice tone="warn" title={t`${inviter_name} hands ${workspace_name} over to you`}>
          <p>
            {t`Whoever accepts owns ${workspace_name} from then on, with the bills and the right to delete it. ${inviter_name} keeps the highest role below.`}
          </p>
        </Notice>
      )}
      <Answer token={token} invitation={invitation.data} me={me.data} />
    </AccessLayout>
  );
}

interface AnswerProps {
  token: string;
  invitation: InvitationLookupView;
  /** Who is signed in, if anyone. */
  me: MeView | undefined;
}

function Answer({ token, invitation, me }: AnswerProps) {
  const { t } = useLingui();
  const enter = useEnter();
  const join = useMutation({
    mutationFn: async () => {
      const { data } = await invitationAccept({ body: { token } });
      return { workspace: data.workspace_id, me: (await meShow()).data };
    },
    onSuccess: (joined) => enter(joined.me, paths.workspace(joined.workspace)),
  });
  if (me && me.account.email !== invitation.email) return <OtherAccount me={me} invited={invitation.email} />;
  if (me) {
    return (
      <Form error={join.error} onSubmit={() => join.mutate()}>
        <Button type="submit" variant="primary" size="l" busy={join.isPending}>
          {t`Join as ${me.account.name}`}
        </Button>
      </Form>
    );
  }
  if (invitation.account_exists) {
    const signedIn = (account: MeView) => {
      takeIn(meOptions.queryKey, account);
      join.mutate();
    };
    return <LoginForm email={invitation.email} onSignedIn={signedIn} />;
  }
  return (
    <AccountForm
      email={invitation.email}
      token={{ invitation_token: token }}
      submit={t`Create account and join`}
      next={`/invite/${token}`}
      onSignedIn={enter}
    />
  );
}

function OtherAccount({ me, invited }: { me: MeView; invited: string }) {
  const { t } = useLingui();
  const leave = useMutation({
    mutationFn: () => sessionDelete({ path: { session_id: 'current' } }),
    onSuccess: () => queryClient.resetQueries({ queryKey: meOptions.queryKey }),
  });
  return (
    <Form error={leave.error} onSubmit={() => leave.mutate()}>
      <p>
        <Trans>
          The invitation is for <b>{invited}</b>, and you are signed in as <b>{me.account.email}</b>.
        </Trans>
      </p>
      <Button type="submit" variant="primary" size="l" busy={leave.isPending}>
        {t`Sign out and go on`}
      </Button>
    </Form>
  );
}
