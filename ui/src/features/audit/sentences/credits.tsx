import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** Credits, and what is used up by the month. */
export const credits: Record<string, Sentence> = {
  'credit.granted': ({ called }) => {
    const amount = called('amount');
    return <Trans>The plan granted {amount} credits for the month</Trans>;
  },
  'credit.expired': ({ called }) => {
    const amount = called('amount').replace('-', '');
    return <Trans>{amount} credits that were left of a month's grant expired</Trans>;
  },
  'credit.purchased': ({ called }) => {
    const amount = called('amount');
    return <Trans>{amount} credits were bought</Trans>;
  },
  'credit.consumed': ({ who, called }) => {
    const amount = called('amount').replace('-', '');
    return (
      <Trans>
        {who} spent {amount} credits
      </Trans>
    );
  },
  'credit.refunded': ({ called }) => {
    const amount = called('amount').replace('-', '');
    return <Trans>{amount} credits were taken back with a refund</Trans>;
  },
  'credit.disputed': ({ called }) => {
    const amount = called('amount').replace('-', '');
    return <Trans>{amount} credits were taken back with a disputed payment</Trans>;
  },
  'credit.adjusted': ({ called }) => {
    const amount = called('amount');
    return <Trans>The operator corrected the credits by {amount}</Trans>;
  },
  'credit.low': ({ called }) => {
    const balance = called('balance');
    return <Trans>Few credits are left: {balance}</Trans>;
  },
  'credit.cap_set': ({ who, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} said how many credits <b>{member}</b> may spend in a month
      </Trans>
    );
  },
  'credit.cap_removed': ({ who, called }) => {
    const member = called('member_id');
    return (
      <Trans>
        {who} let <b>{member}</b> spend whatever credits there are
      </Trans>
    );
  },
  'usage.warned': ({ called }) => {
    const percent = called('percent');
    return <Trans>{percent} % of the messages that the plan includes are used</Trans>;
  },
};
