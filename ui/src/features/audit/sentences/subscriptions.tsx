import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** The plan of the workspace, and what is paid for it. */
export const subscriptions: Record<string, Sentence> = {
  'subscription.changed': ({ who }) => <Trans>{who} changed the plan or what is paid beside it</Trans>,
  'subscription.seats_agreed': ({ who, event, called }) => {
    const seats = called('to');
    return event.detail.to === null ? (
      <Trans>{who} left the number of seats to what the plan says</Trans>
    ) : (
      <Trans>
        {who} wrote down the seats of the contract: {seats}
      </Trans>
    );
  },
  'subscription.renewed': () => <Trans>A new period of the plan began</Trans>,
  'subscription.restricted': (parts) =>
    (restricted[String(parts.event.detail.reason)] ?? restricted.otherwise)(parts),
  'subscription.restored': () => <Trans>The workspace goes on: what was owed is settled</Trans>,
  'trial.ending': ({ called }) => {
    const days = called('days');
    return <Trans>Reminded of the end of the trial, {days} days before</Trans>;
  },
  'payment.failed': () => <Trans>An invoice was not paid in time</Trans>,
  'payer.reminded': () => <Trans>The new owner was reminded that they pay</Trans>,
  'buyer.changed': ({ who }) => <Trans>{who} said whom invoices are for</Trans>,
  'invoice.issued': ({ called }) => {
    const number = called('number');
    return <Trans>The invoice {number} was issued</Trans>;
  },
  'invoice.paid': () => <Trans>An invoice was paid</Trans>,
  'invoice.voided': () => <Trans>An invoice was taken back</Trans>,
};

/** Why a workspace is restricted. */
const restricted: Record<string, Sentence> & { otherwise: Sentence } = {
  trial_over: () => <Trans>The workspace was restricted: the trial was over</Trans>,
  unpaid: () => <Trans>The workspace was restricted: an invoice was not paid</Trans>,
  cancelled: () => <Trans>The workspace was restricted: its plan ended</Trans>,
  otherwise: () => <Trans>The workspace was restricted</Trans>,
};
