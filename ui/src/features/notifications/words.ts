import { useLingui } from '@lingui/react/macro';
import type { NotificationKind, Preferences, Ways, When } from '@/api';

/** The server answers with every choice. */
export type Choices = Required<Preferences>;

/** The kinds of news, what concerns oneself most first. */
export function useKinds(): { kind: NotificationKind; label: string }[] {
  const { t } = useLingui();
  return [
    { kind: 'note.mentioned', label: t`Somebody mentions you in a note` },
    { kind: 'note.hand_over', label: t`A conversation is handed over to you, or yours is answered` },
    { kind: 'conversation.assigned', label: t`A conversation is assigned to you` },
    { kind: 'handoff.requested', label: t`The AI asks for a person` },
    { kind: 'message.received', label: t`A customer writes in a conversation of yours` },
    { kind: 'task.assigned', label: t`A task is assigned to you` },
    { kind: 'task.reminded', label: t`A task reminds you` },
    { kind: 'member.joined', label: t`Somebody joins the workspace` },
    { kind: 'ownership.transferred', label: t`The workspace changes its owner` },
    { kind: 'trial.ending', label: t`The trial ends soon` },
    { kind: 'invoice.issued', label: t`An invoice is to be paid` },
    { kind: 'payment.failed', label: t`A payment fails` },
    {
      kind: 'subscription.restricted',
      label: t({ message: 'The workspace is restricted', context: 'news' }),
    },
    { kind: 'payer.reminded', label: t`You pay for the workspace from now on` },
    { kind: 'seat.over_limit', label: t`More seats are in use than the plan has` },
    { kind: 'credit.low', label: t`Credits run low` },
    { kind: 'credit.purchased', label: t`Credits are bought` },
    { kind: 'usage.warned', label: t`Most of what the plan includes is used` },
    { kind: 'support_request.answered', label: t`The operator answers what you asked for` },
    { kind: 'digest', label: t`The digest of what waits` },
  ];
}

/** What nobody whom it concerns can choose not to be told. */
export function isMandatory(kind: NotificationKind, way: keyof Ways): boolean {
  return kind === 'payment.failed' && (way === 'in_app' || way === 'email');
}

export function useWays(): { way: keyof Ways; label: string }[] {
  const { t } = useLingui();
  return [
    { way: 'in_app', label: t`In the app` },
    { way: 'email', label: t({ message: 'E-mail', context: 'way' }) },
    { way: 'push', label: t`Browser` },
    { way: 'slack', label: t`Slack` },
  ];
}

export function useWhens(): { when: When; label: string }[] {
  const { t } = useLingui();
  return [
    { when: 'always', label: t`Always` },
    { when: 'when_away', label: t`When away` },
    { when: 'never', label: t`Never` },
  ];
}
