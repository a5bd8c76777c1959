import { useLingui } from '@lingui/react/macro';
import type { ConversationAction } from '@/api';
import { useLabels } from '@/conversations/labels';
import { useTeams } from '@/conversations/teams';
import { useAssignees } from '@/conversations/unfit';
import { Select, Textarea } from '@/design';
import css from '../ListPage.module.css';
import { useModeNames, useReplies, useStatusNames } from './useStepText';

interface Props {
  label: string;
  step: ConversationAction;
  onChange: (step: ConversationAction) => void;
}

interface Choice {
  id: string;
  name: string;
  /** Shown, and not to be chosen. */
  unfit?: boolean;
}

const HOUR = 60;
const DAY = 24 * HOUR;
/** As the server takes it. */
const NOTE_MAX = 10_000;

/** What a step is about, where there is something to choose. */
export function StepFields({ label, step, onChange }: Props) {
  const { t } = useLingui();
  const labels = useLabels().filter(({ archived }) => !archived);
  const assignees = useAssignees();
  const teams = useTeams();
  const replies = useReplies();
  const status = useStatusNames();
  const modes = useModeNames();
  const choice = (value: string, options: Choice[], choose: (id: string) => void) => (
    <Select
      className={css.narrow}
      aria-label={label}
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {value === '' && <option value="">{t`Choose…`}</option>}
      {options.map(({ id, name, unfit }) => (
        <option key={id} value={id} disabled={unfit}>
          {name}
        </option>
      ))}
    </Select>
  );
  switch (step.kind) {
    case 'label':
    case 'unlabel':
      return choice(step.label_id, labels, (label_id) => onChange({ kind: step.kind, label_id }));
    case 'assign':
      return choice(step.member_id, assignees, (member_id) => onChange({ kind: 'assign', member_id }));
    case 'assign_team':
      return choice(step.team_id, teams, (team_id) => onChange({ kind: 'assign_team', team_id }));
    case 'mode':
      return choice(
        step.mode,
        (['manual', 'ai'] as const).map((id) => ({ id, name: modes[id] })),
        (id) => onChange({ kind: 'mode', mode: id === 'ai' ? 'ai' : 'manual' }),
      );
    case 'note':
      return (
        <Textarea
          className={css.wide}
          aria-label={label}
          rows={2}
          maxLength={NOTE_MAX}
          value={step.text}
          placeholder={t`Only your team sees it.`}
          onChange={(event) => onChange({ kind: 'note', text: event.target.value })}
        />
      );
    case 'reply':
      return choice(
        step.canned_response_id,
        replies.map(({ id, title }) => ({ id, name: title })),
        (canned_response_id) => onChange({ kind: 'reply', canned_response_id }),
      );
    case 'status':
      return choice(
        step.status,
        (['solved', 'open', 'spam'] as const).map((id) => ({ id, name: status[id] })),
        (id) => onChange({ kind: 'status', status: id as keyof typeof status }),
      );
    case 'snooze_for':
      return choice(
        String(step.minutes),
        [
          { id: String(HOUR), name: t`for an hour` },
          { id: String(4 * HOUR), name: t`for four hours` },
          { id: String(DAY), name: t`for a day` },
          { id: String(7 * DAY), name: t`for a week` },
        ],
        (minutes) => onChange({ kind: 'snooze_for', minutes: Number(minutes) }),
      );
    case 'mark_read':
      return choice(
        String(step.read),
        [
          { id: 'true', name: t`read` },
          { id: 'false', name: t`unread` },
        ],
        (read) => onChange({ kind: 'mark_read', read: read === 'true' }),
      );
    default:
      return null;
  }
}
