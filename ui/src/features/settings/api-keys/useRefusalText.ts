import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { ScopeFault } from '@/api';

const texts = {
  not_held: msg`You do not have this permission yourself.`,
  own_only: msg`Yours reaches only your own. A key for you can have it.`,
  owner_equivalent: msg`This comes close to owning the workspace: no program ever has it.`,
  eligibility: msg`This is for people.`,
  unknown: msg`This permission is not known here.`,
};

/** Why a key cannot be given a right. */
export function useRefusalText(): (fault: ScopeFault) => string {
  const { _ } = useLingui();
  return (fault) => _(texts[fault]);
}
