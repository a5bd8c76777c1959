import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { can, type DenialReason, type MembershipView } from '@/api';
import { question } from '@/app/why';
import type { Refusal } from '@/design/Why';

const reasons = {
  role: msg`Your role does not include this. An owner or admin can change that.`,
  seat_type: msg`A light seat does not include this. An owner or admin can give you a full seat.`,
  plan: msg`Your plan does not include this. The owner can change the plan.`,
  state: msg`Not possible in its current state.`,
  relation: msg`Only the people this belongs to can do it.`,
  key: msg`This API key was not given it.`,
  preview: msg`You cannot do this yourself, so the preview does not show it either.`,
  owner: msg`This is the owner. Ownership has to be handed over first.`,
  self: msg`You cannot do this to yourself.`,
  rank: msg`They stand above you. Somebody who stands above them can do it.`,
  last_manager: msg`Nobody else can manage roles. Give that right to somebody else first.`,
  inactive: msg`They cannot enter at the moment. Reactivate them first.`,
};

const restricted = msg`The workspace is restricted until it has a plan that runs.`;

/** The sentence for one reason. */
export function useReason(): (reason: DenialReason) => string {
  const { _ } = useLingui();
  return (reason) => _(reasons[reason]);
}

/** What follows from how one's rights come about; the other reasons say everything themselves. */
const explained: DenialReason[] = ['role', 'seat_type', 'plan', 'state', 'relation', 'preview'];

/** Why an action is refused, for `blocked` of buttons and menu items; undefined when it is allowed. */
export function useBlocked() {
  const { _ } = useLingui();
  const reason = useReason();
  return (resource: Parameters<typeof can>[0], permission: string): Refusal | undefined => {
    const verdict = can(resource, permission);
    if (verdict.allowed) return undefined;
    const asked = { permission, resource: resourceOf(resource, permission) };
    const explain = explained.includes(verdict.reason) ? () => question.set(asked) : undefined;
    const closed = verdict.reason === 'state' && isRestricted(resource);
    return { reason: closed ? _(restricted) : reason(verdict.reason), explain };
  };
}

/** Whether what is asked about is a membership of a restricted workspace, whose state the reason names. */
function isRestricted(resource: Parameters<typeof can>[0]): boolean {
  if (!resource || !('workspace' in resource)) return false;
  return (resource.workspace as MembershipView['workspace']).state === 'restricted';
}

/** What an explanation can be asked about one by one; everything else is decided for the workspace as a whole. */
const kinds = ['conversation', 'customer', 'business', 'member'];

/** A resource as `kind:id`, when the permission is about its kind. */
function resourceOf(resource: Parameters<typeof can>[0], permission: string): string | undefined {
  const kind = permission.slice(0, permission.indexOf('.'));
  const id = resource && 'id' in resource ? resource.id : undefined;
  return id && kinds.includes(kind) ? `${kind}:${id}` : undefined;
}
