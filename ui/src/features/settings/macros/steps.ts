import type { ConversationAction } from '@/api';

/** What a macro can do; to snooze until a moment is for one time only. */
export type StepKind = Exclude<ConversationAction['kind'], 'snooze'>;

export const stepKinds: StepKind[] = [
  'label',
  'unlabel',
  'assign_me',
  'assign',
  'assign_team',
  'unassign',
  'mode',
  'note',
  'reply',
  'status',
  'snooze_for',
  'mark_read',
];

/** A day. */
export const USUAL_SNOOZE = 24 * 60;

/** A step of a kind as it begins; what it is about is still to be chosen. */
export function begin(kind: StepKind): ConversationAction {
  switch (kind) {
    case 'label':
    case 'unlabel':
      return { kind, label_id: '' };
    case 'assign':
      return { kind, member_id: '' };
    case 'assign_team':
      return { kind, team_id: '' };
    case 'mode':
      return { kind, mode: 'manual' };
    case 'note':
      return { kind, text: '' };
    case 'reply':
      return { kind, canned_response_id: '' };
    case 'status':
      return { kind, status: 'solved' };
    case 'snooze_for':
      return { kind, minutes: USUAL_SNOOZE };
    case 'mark_read':
      return { kind, read: true };
    default:
      return { kind };
  }
}

/** Whether what a step is about has been chosen. */
export function isWhole(step: ConversationAction): boolean {
  if ('label_id' in step) return step.label_id !== '';
  if ('member_id' in step) return step.member_id !== '';
  if ('team_id' in step) return step.team_id !== '';
  if ('text' in step) return step.text.trim() !== '';
  return !('canned_response_id' in step) || step.canned_response_id !== '';
}
