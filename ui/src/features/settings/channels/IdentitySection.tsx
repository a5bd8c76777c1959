import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { CircleDashed, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { type ChannelView, channelShowQueryKey, identitySecretCreate } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Badge, Button, CodeBlock, ConfirmDialog, Dialog, Section } from '@/design';
import { useBlocked } from '@/i18n/reason';
import css from './IdentitySection.module.css';
import { identifySnippet, signingSnippet } from './snippet';

/** How a website vouches for people who are signed in there. */
export function IdentitySection({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const [replacing, setReplacing] = useState(false);
  const blocked = useBlocked()(channel, 'channel.manage');
  const make = useMakeSecret(channel);
  const set = channel.identity_secret_set;
  return (
    <Section
      title={t`People who are signed in on your website`}
      description={t`Your website can vouch for them, so that their conversations follow them to every device. What others type about themselves stays a claim.`}
      actions={
        set ? (
          <Badge tone="ok" icon={<KeyRound size={12} aria-hidden="true" />}>
            {t`Secret made`}
          </Badge>
        ) : (
          <Badge icon={<CircleDashed size={12} aria-hidden="true" />}>{t`No secret yet`}</Badge>
        )
      }
    >
      <ol className={css.steps}>
        <li>
          <p>{t`Make a secret and keep it on your website’s server, never in a page.`}</p>
          <Button
            blocked={blocked}
            busy={make.isPending}
            onClick={() => (set ? setReplacing(true) : make.mutate())}
          >
            {set ? t`Replace the secret` : t`Make a secret`}
          </Button>
        </li>
        <li>
          <p>{t`There, sign the user’s id with it. In Node.js, for example:`}</p>
          <CodeBlock label={t`Signing the user’s id`} code={signingSnippet} />
        </li>
        <li>
          <p>
            <Trans>
              In the page, hand it to the chat. Call it with <code>null</code> when the user signs out.
            </Trans>
          </p>
          <CodeBlock label={t`Telling the chat who it is`} code={identifySnippet} />
        </li>
      </ol>
      <ConfirmDialog
        open={replacing}
        onClose={() => setReplacing(false)}
        title={t`Replace the secret?`}
        description={t`What your website signs with the old one is refused at once, until its server has the new one.`}
        confirm={t`Replace`}
        busy={make.isPending}
        onConfirm={() => make.mutate(undefined, { onSettled: () => setReplacing(false) })}
      />
      {make.data && <ShownOnce secret={make.data.secret} onClose={make.reset} />}
    </Section>
  );
}

function useMakeSecret(channel: ChannelView) {
  const { t } = useLingui();
  const failed = useFailure();
  const path = { workspace_id: useWorkspaceId(), channel_id: channel.id };
  return useMutation({
    mutationFn: async () => (await identitySecretCreate({ path })).data,
    // Nothing keeps it: not even the cache of mutations.
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: channelShowQueryKey({ path }) }),
    onError: (error) => failed(t`No secret was made`, error),
  });
}

function ShownOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`The identity secret`}
      description={t`It is shown this once. Copy it to your website’s server now; if it gets lost, replace it.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t`I have copied it`}
        </Button>
      }
    >
      <CodeBlock label={t`Identity secret`} code={secret} />
    </Dialog>
  );
}
