import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { OwnershipTransferView } from '@/api';
import { useBlockedHere, useMembership, useWorkspaceId } from '@/app/session';
import { useTransfers } from '@/app/transfers';
import { Button, ErrorState, Section, Skeleton } from '@/design';
import { useTimes } from '@/i18n/time';
import { peopleOptions } from '../members/people';
import { Offer } from './Offer';
import css from './sections.module.css';
import { TransferDialog } from './TransferDialog';

/** Who owns the workspace, and how it is handed over. */
export function OwnershipSection() {
  const { t } = useLingui();
  const [handing, setHanding] = useState(false);
  const { is_owner } = useMembership();
  const right = useBlockedHere()('workspace.transfer_ownership');
  const transfers = useTransfers();
  const { open, settled } = transfers;
  const blocked =
    right ??
    (is_owner ? undefined : t`Only the owner can do this.`) ??
    (open ? t`One offer is open already.` : undefined);
  return (
    <Section
      title={t`Ownership`}
      description={t`A workspace has exactly one owner, who can hand it over to another member.`}
    >
      {transfers.isLoading ? (
        <Skeleton lines={2} label={t`Loading`} />
      ) : transfers.isError ? (
        <ErrorState
          title={t`The offers could not be loaded`}
          error={transfers.error}
          onRetry={() => void transfers.refetch()}
        />
      ) : (
        <>
          {open && <Offer transfer={open} />}
          <div className={css.row}>
            <div>
              <Owner />
              {settled && !open && <Settled transfer={settled} />}
            </div>
            <Button
              icon={<KeyRound size={15} aria-hidden="true" />}
              blocked={blocked}
              onClick={() => setHanding(true)}
            >
              {t`Transfer ownership…`}
            </Button>
          </div>
        </>
      )}
      {handing && <TransferDialog onClose={() => setHanding(false)} />}
    </Section>
  );
}

function Owner() {
  const { t } = useLingui();
  const { is_owner } = useMembership();
  const blocked = useBlockedHere()('member.view');
  const people = useQuery({ ...peopleOptions(useWorkspaceId(), 'here'), enabled: !blocked && !is_owner });
  const owner = people.data?.find((member) => member.is_owner);
  if (is_owner) return <p>{t`You own this workspace.`}</p>;
  return owner ? <p>{t`${owner.name} owns this workspace.`}</p> : null;
}

/** How the last offer ended. */
function Settled({ transfer }: { transfer: OwnershipTransferView }) {
  const { from, to, state } = transfer;
  const when = useTimes().date(transfer.settled_at ?? transfer.expires_at);
  const texts: Record<OwnershipTransferView['state'], ReactNode> = {
    accepted: (
      <Trans>
        {to.name} took it over from {from.name} on {when}.
      </Trans>
    ),
    declined: (
      <Trans>
        {to.name} declined on {when}.
      </Trans>
    ),
    cancelled: (
      <Trans>
        The offer to {to.name} was taken back on {when}.
      </Trans>
    ),
    refused: (
      <Trans>
        Whoever runs this server refused the offer to {to.name} on {when}.
      </Trans>
    ),
    expired: (
      <Trans>
        The offer to {to.name} ran out on {when}.
      </Trans>
    ),
    awaiting_acceptance: null,
    awaiting_operator: null,
  };
  return <p className={css.quiet}>{texts[state]}</p>;
}
