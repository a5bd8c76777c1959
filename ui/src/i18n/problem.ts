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
  'member.account_exists': msg`There is an account with this address: invite them instead.`,
  'member.creation_not_offered': msg`In this workspace nobody makes passwords for others: send a link.`,
  'member.holds_no_sets': msg`This role or seat holds no permission sets.`,
  'member.is_owner': msg`This is the owner. Ownership has to be handed over first.`,
  'member.own_role': msg`Nobody changes their own role. Ask a colleague.`,
  'member.oneself': msg`You cannot do this to yourself.`,
  'member.above_own_rank': msg`They stand above you. Somebody who stands above them can do it.`,
  'member.inactive': msg`They cannot enter at the moment. Reactivate them first.`,
  'account.password_must_change': msg`Choose your own password first.`,
  'invitation.not_offered': msg`In this workspace people are added directly, not invited.`,
  'workspace.owner_cannot_leave': msg`The owner hands the workspace over or deletes it before leaving.`,
  'workspace.deletion_not_scheduled': msg`No deletion is scheduled any more.`,
  'ownership.owner_only': msg`Only the owner can do this.`,
  'ownership.mechanism_not_offered': msg`Ownership does not move this way in this workspace.`,
  'ownership.receiver_not_eligible': msg`Only an active member on a full seat can own the workspace.`,
  'ownership.transfer_pending': msg`The workspace is offered to somebody already.`,
  'ownership.transfer_settled': msg`This was answered or taken back already.`,
  'ownership.owner_changed': msg`The workspace has another owner by now.`,
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
  'undo.overtaken': msg`It cannot be taken back any more: somebody went on from there.`,
  'handover.open': msg`A hand-over waits for its answer already.`,
  'handover.ended': msg`This hand-over was answered or taken back already.`,
  'handover.not_yours': msg`This hand-over is for somebody else.`,
  'assignment.not_eligible': msg`They cannot be given conversations.`,
  'conversation.locked': msg`A colleague is answering this conversation. Take it over first.`,
  'conversation.another_open': msg`The customer has another open conversation in this channel.`,
  'agent.not_available': msg`No AI answers in this workspace.`,
  'message.not_held': msg`It is on its way to the customer already.`,
  'note.changed': msg`Somebody changed this note meanwhile. Look at it again.`,
  'mention.not_eligible': msg`Somebody you name cannot be mentioned.`,
  'merge.cycle': msg`These two are the same, or part of each other.`,
  'merge.other_business': msg`Only customers of one business can be merged.`,
  'split.closed': msg`It is archived: only what goes on can be split.`,
  'split.under_way': msg`Something before this message is still under way: an answer on its way out, or a hand-over.`,
  'team.name_taken': msg`There is a team of this name already.`,
  'team.too_many': msg`There are as many teams as there can be.`,
  'shift.no_days': msg`Choose at least one day.`,
  'shift.empty': msg`A shift ends after it begins.`,
  'shift.overlaps': msg`They have another shift at that time.`,
  'hours.overlap': msg`These hours overlap others.`,
  'hours.empty': msg`Hours end after they begin.`,
  'hours.too_many': msg`There are more entries than anybody can keep.`,
  'holiday.twice': msg`One day is a holiday twice.`,
  'label.name_taken': msg`There is a label of this name already.`,
  'label.too_many': msg`There are as many labels as there can be.`,
  'label.too_many_here': msg`It carries as many labels as anything can.`,
  'rule.shadows': msg`One rule takes everything from another below it. Put it below.`,
  'rule.too_many': msg`There are more rules than anybody can keep in order.`,
  'canned_response.shortcut_taken': msg`Another canned response has this shortcut.`,
  'canned_response.missing_variables': msg`Something in this answer could not be filled in.`,
  'slack.failed': msg`Slack did not take the message. Check the address of the webhook.`,
  'slack.not_connected': msg`Connect Slack first.`,
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
  const text = useRefusalText();
  return (error) => {
    const problem = asProblem(error);
    if (!problem) return _(byStatus[500]!);
    return text(problem);
  };
}

/** The sentence for a refusal that was told of as part of something else. */
export function useRefusalText(): (problem: { code: string; status?: number; detail: string }) => string {
  const { _ } = useLingui();
  return ({ code, status = 0, detail }) => {
    const known = byCode[code as keyof typeof byCode] ?? byStatus[status];
    return known ? _(known) : detail || _(byStatus[500]!);
  };
}
