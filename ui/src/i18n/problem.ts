import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { asProblem } from '@/api';

const byCode = {
  'network.unreachable': msg`The server cannot be reached. Check your connection.`,
  'session.required': msg`Your session has ended. Sign in again.`,
  'session.bad_credentials': msg`The e-mail address or the password is wrong.`,
  'session.confirmation_required': msg`Not done: this needs your password again.`,
  preview_read_only: msg`You are looking as somebody else, which changes nothing. Exit the preview to do it yourself.`,
  'preview.ended': msg`The preview has ended.`,
  'sign_up.closed': msg`On this server one joins by invitation.`,
  'account.email_unverified': msg`Confirm your e-mail address first. Your profile sends the message again.`,
  'invitation.gone': msg`This invitation was used, withdrawn, or its time is over.`,
  'invitation.other_address': msg`This invitation is for another address.`,
  'invitation.pending': msg`This address has an invitation that waits for an answer.`,
  'member.exists': msg`This address belongs to a member already.`,
  'role.in_use': msg`Somebody has this role or is invited to it. Give them another one first.`,
  'role.changed': msg`Somebody else changed this role meanwhile. Look at it again, then save.`,
  'role.own': msg`Nobody changes the role they have themselves. Ask a colleague.`,
  'role.above_own_rank': msg`This role stands above yours.`,
  'role.builtin': msg`Built-in roles do not change. Duplicate it and change the copy.`,
  'role.last_manager': msg`Nobody could manage roles then. Give somebody else that right first.`,
  'role.too_many': msg`There can be at most 100 roles of your own.`,
  'permission_set.changed': msg`Somebody else changed this permission set meanwhile. Look at it again, then save.`,
  'permission_set.own': msg`Nobody changes a permission set they have themselves. Ask a colleague.`,
  'permission_set.above_own_rank': msg`Somebody who stands above you has this permission set.`,
  'permission_set.too_many': msg`There can be at most 100 permission sets.`,
  'policy_pack.label_taken': msg`One of your own roles is called like a role of this pack. Rename yours first.`,
  'policy_pack.raises_self': msg`This would give yourself more than you have now. Ask the owner to do it.`,
  'role.above_own': msg`This role reaches further than your own.`,
  'token.invalid': msg`This link was used already, or its time is over.`,
  'claim.lost': msg`Someone else took this conversation first.`,
  not_found: msg`It does not exist, or you cannot see it.`,
};

const byStatus: Record<number, (typeof byCode)['not_found']> = {
  403: msg`You are not allowed to do this.`,
  404: msg`It does not exist, or you cannot see it.`,
  409: msg`Someone changed this in the meantime.`,
  413: msg`This is too large.`,
  429: msg`Too many attempts. Wait a moment and try again.`,
  500: msg`Something went wrong on the server.`,
  503: msg`The server is busy. Try again in a moment.`,
};

/** Turns whatever was thrown into a sentence for people. */
export function useProblemText(): (error: unknown) => string {
  const { _ } = useLingui();
  return (error) => {
    const problem = asProblem(error);
    if (!problem) return _(byStatus[500]!);
    const known = byCode[problem.code as keyof typeof byCode] ?? byStatus[problem.status];
    return known ? _(known) : problem.detail || _(byStatus[500]!);
  };
}
