import { useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { type ConversationView, handoverCreate } from '@/api';
import { useFailure } from '@/app/useFailure';
import { receiveConversation } from '@/conversations/cache';
import { useLabels } from '@/conversations/labels';
import { useScope } from '@/conversations/scope';
import { useTeams } from '@/conversations/teams';
import { useAssignees } from '@/conversations/unfit';
import { Button, Dialog, Field, LabelChip, Select, Textarea, toast } from '@/design';
import css from './HandoverDialog.module.css';

interface Props {
  conversation: ConversationView;
  onClose: () => void;
}

const WITHIN = [15, 60, 240, 1440] as const;

/** Hands a conversation on, with what the next person has to know to go on without asking. */
export function HandoverDialog({ conversation, onClose }: Props) {
  const { t } = useLingui();
  const scope = useScope();
  const failed = useFailure();
  const receivers = useReceivers();
  const labels = useLabels();
  const [to, setTo] = useState('');
  const [note, setNote] = useState({ context: '', discussed: '', next: '' });
  const [labelIds, setLabelIds] = useState<string[]>([]);
  const [within, setWithin] = useState('');
  const [busy, setBusy] = useState(false);
  const receiver = receivers.find(({ id }) => id === to);
  const blocked = !receiver
    ? t`Choose who goes on with it`
    : note.context.trim() === ''
      ? t`Say what it is about`
      : note.next.trim() === ''
        ? t`Say what has to happen next`
        : undefined;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (blocked || !receiver || busy) return;
    setBusy(true);
    try {
      const { data } = await handoverCreate({
        path: { workspace_id: scope.workspace, conversation_id: conversation.id },
        body: {
          to: receiver.team ? { team_id: receiver.id } : { member_id: receiver.id },
          note: {
            context: note.context,
            next: note.next,
            ...(note.discussed && { discussed: note.discussed }),
          },
          label_ids: labelIds,
          ...(within && { respond_within_minutes: Number(within) }),
        },
      });
      if (data.conversation) receiveConversation(scope, data.conversation);
      onClose();
      toast({ title: t`Handed over to ${receiver.name}` });
    } catch (error) {
      setBusy(false);
      failed(t`Not handed over`, error);
    }
  }

  const text = (part: keyof typeof note, label: string, hint: string) => (
    <Field label={label} hint={hint}>
      <Textarea
        rows={2}
        value={note[part]}
        maxLength={3000}
        onChange={(event) => setNote({ ...note, [part]: event.target.value })}
      />
    </Field>
  );
  const names: Record<(typeof WITHIN)[number], string> = {
    15: t`15 minutes`,
    60: t`1 hour`,
    240: t`4 hours`,
    1440: t`1 day`,
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Hand over ${conversation.customer.display_name}`}
      description={t`Write as if you were not here tomorrow: a note only your team sees.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="handover" variant="primary" busy={busy} blocked={blocked}>
            {t`Hand over`}
          </Button>
        </>
      }
    >
      <form id="handover" className={css.form} onSubmit={submit}>
        <div className={css.pair}>
          <Field label={t({ message: 'To', context: 'recipient' })}>
            <Select value={to} onChange={(event) => setTo(event.target.value)}>
              <option value="">{t`Choose…`}</option>
              {receivers.map(({ id, name, team, unfit }) => (
                <option key={id} value={id} disabled={unfit}>
                  {team ? t`${name} (team)` : name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t`Answer within`}>
            <Select value={within} onChange={(event) => setWithin(event.target.value)}>
              <option value="">{t`As the workspace has it`}</option>
              {WITHIN.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {names[minutes]}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {text('context', t`Context`, t`Who this is, and what it is about`)}
        {text('discussed', t`Discussed so far`, t`What was said, tried and promised`)}
        {text('next', t`Next`, t`What has to happen now, and by when`)}
        {labels.length > 0 && (
          <fieldset className={css.labels}>
            <legend>{t`Put on as well`}</legend>
            {labels.map((label) => (
              <label key={label.id} className={css.label}>
                <input
                  type="checkbox"
                  checked={labelIds.includes(label.id)}
                  onChange={({ target }) =>
                    setLabelIds(
                      target.checked ? [...labelIds, label.id] : labelIds.filter((id) => id !== label.id),
                    )
                  }
                />
                <LabelChip label={label} />
              </label>
            ))}
          </fieldset>
        )}
      </form>
    </Dialog>
  );
}

/** Who can go on with it: colleagues who take conversations, and teams. */
function useReceivers() {
  const me = useScope().member;
  const assignees = useAssignees();
  const teams = useTeams();
  return [
    ...assignees.filter(({ id }) => id !== me).map((assignee) => ({ ...assignee, team: false })),
    ...teams.map(({ id, name }) => ({ id, name, team: true, unfit: false })),
  ];
}
