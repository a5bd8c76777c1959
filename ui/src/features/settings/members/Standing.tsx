import { useLingui } from '@lingui/react/macro';
import type { MemberView } from '@/api';
import { Badge } from '@/design';
import { useTimes } from '@/i18n/time';

/** What sets a member apart: owner, cannot enter, away, gone, or going. Nothing for most. */
export function Standing({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const times = useTimes();
  return (
    <>
      {member.is_owner && <Badge tone="accent">{t`Owner`}</Badge>}
      {member.status === 'deactivated' && <Badge tone="warn">{t`Deactivated`}</Badge>}
      {member.status === 'suspended_over_limit' && <Badge tone="warn">{t`Over the plan’s limit`}</Badge>}
      {member.status === 'active' && member.availability.status === 'away' && (
        <Badge>{member.availability.cause === 'idle' ? t`Away: no activity` : t`Away`}</Badge>
      )}
      {member.status === 'removed' && <Badge>{t`Removed`}</Badge>}
      {member.status === 'left' && <Badge>{t`Left`}</Badge>}
      {member.ends_on && !member.ended_at && (
        <Badge tone="warn">{t`Until ${times.date(member.ends_on)}`}</Badge>
      )}
    </>
  );
}
