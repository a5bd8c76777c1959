import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** Seats, and what is asked of the operator. */
export const seats: Record<string, Sentence> = {
  'seat.over_limit': ({ called }) => {
    const used = called('used');
    const cap = called('cap');
    return (
      <Trans>
        The plan has {cap} seats now, and {used} are held
      </Trans>
    );
  },
  'seat.suspended': ({ what }) => <Trans>{what} rests: the plan has no seat for them</Trans>,
  'seat.restored': ({ what }) => <Trans>{what} is back: the plan has a seat for them again</Trans>,
  'support_request.created': ({ who }) => <Trans>{who} asked the operator for something</Trans>,
  'support_request.answered': ({ who, event, called }) => {
    const asker = called('asked_by');
    return event.detail.state === 'granted' ? (
      <Trans>
        {who} granted what {asker} asked for
      </Trans>
    ) : (
      <Trans>
        {who} declined what {asker} asked for
      </Trans>
    );
  },
};
