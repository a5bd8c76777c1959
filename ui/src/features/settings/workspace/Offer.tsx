import { Trans, useLingui } from '@lingui/react/macro';
import type { OwnershipTransferView } from '@/api';
import { Button, Notice } from '@/design';
import { useTimes } from '@/i18n/time';
import css from './Offer.module.css';
import { useAnswer } from './useAnswer';

/** An open offer of the workspace: to its owner, to whom it is made, and to everybody else. */
export function Offer({ transfer }: { transfer: OwnershipTransferView }) {
  const { t } = useLingui();
  const times = useTimes();
  const { from, to, can, state } = transfer;
  const asked = times.date(transfer.requested_at);
  const until = times.date(transfer.expires_at);
  const title = can.cancel
    ? t`You offered this workspace to ${to.name}`
    : can.decline
      ? t`${from.name} offers you this workspace`
      : t`${from.name} offers this workspace to ${to.name}`;
  return (
    <Notice tone={can.accept ? 'warn' : 'info'} title={title} actions={<Answers transfer={transfer} />}>
      {can.accept && <WhatOwningMeans from={from.name} />}
      {state === 'awaiting_operator' ? (
        <p>
          <Trans>
            Asked for on {asked}. First whoever runs this server has to approve it; write to them and name
            this request:
          </Trans>{' '}
          <code className={css.id}>{transfer.id}</code>
        </p>
      ) : (
        <p>{t`Offered on ${asked}. It stands until ${until}; nothing changes before it is accepted.`}</p>
      )}
    </Notice>
  );
}

/** What somebody takes over who accepts. */
function WhatOwningMeans({ from }: { from: string }) {
  const { t } = useLingui();
  return (
    <ul className={css.means}>
      <li>{t`You can do everything here, hand out every role, and delete the workspace.`}</li>
      <li>{t`The bills are yours from then on.`}</li>
      <li>{t`${from} keeps the highest role below yours.`}</li>
      <li>{t`You cannot leave before you hand it over again.`}</li>
    </ul>
  );
}

function Answers({ transfer }: { transfer: OwnershipTransferView }) {
  const { t } = useLingui();
  const answer = useAnswer(transfer);
  const { accept, decline, cancel } = transfer.can;
  if (!accept && !decline && !cancel) return null;
  const props = (which: typeof answer.variables) => ({
    busy: answer.isPending && answer.variables === which,
    onClick: () => which && answer.mutate(which),
  });
  return (
    <>
      {accept && <Button variant="primary" {...props('accept')}>{t`Accept and own it`}</Button>}
      {decline && <Button {...props('decline')}>{t`Decline`}</Button>}
      {cancel && <Button {...props('cancel')}>{t`Take the offer back`}</Button>}
    </>
  );
}
