import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { shiftCreate, shiftDelete, shiftsListQueryKey, shiftUpdate } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useMembers } from '@/conversations/members';
import { useTeams } from '@/conversations/teams';
import { Button, Checkbox, Dialog, Field, LockNote, Select } from '@/design';
import { Form } from '@/form';
import { TimeSelect } from '../hours/TimeSelect';
import { useDayNames } from '../hours/useDayNames';
import { isOvernight, weekdays } from '../hours/week';
import type { Editing } from '../ShiftsPage';
import css from './ShiftDialog.module.css';

/** Makes a shift, changes it or takes it away. */
export function ShiftDialog({ editing, onClose }: { editing: Editing; onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const dayName = useDayNames('short');
  const blocked = useBlockedHere()('team.manage');
  const members = useMembers().filter(({ seat_type }) => seat_type === 'full');
  const teams = useTeams();
  const old = 'id' in editing ? editing : null;
  const fresh = 'id' in editing ? {} : editing;
  const [member, setMember] = useState(old?.member.id ?? fresh.member ?? members[0]?.id ?? '');
  const [team, setTeam] = useState(old?.team_id ?? '');
  const [days, setDays] = useState<number[]>(old?.days ?? (fresh.day ? [fresh.day] : [1, 2, 3, 4, 5]));
  const [from, setFrom] = useState(old?.from ?? '09:00');
  const [to, setTo] = useState(old?.to ?? '13:00');
  const path = { workspace_id: workspace };
  const settled = () => {
    void queryClient.invalidateQueries({ queryKey: shiftsListQueryKey({ path }) });
    onClose();
  };
  const save = useMutation({
    mutationFn: () => {
      const body = { days, from, to, team_id: team || null };
      return old
        ? shiftUpdate({ path: { ...path, shift_id: old.id }, body })
        : shiftCreate({ path, body: { ...body, member_id: member } });
    },
    onSuccess: settled,
  });
  const remove = useMutation({
    mutationFn: () => shiftDelete({ path: { ...path, shift_id: old!.id } }),
    onSuccess: settled,
  });
  const toggle = (day: number, on: boolean) =>
    setDays(on ? [...days, day].toSorted() : days.filter((each) => each !== day));
  const whyNot =
    days.length === 0 ? t`Choose at least one day` : from === to ? t`Choose another end` : undefined;

  return (
    <Dialog
      open
      onClose={onClose}
      title={old ? t`Shift of ${old.member.name}` : t`New shift`}
      size="s"
      footer={
        <>
          {old && (
            <Button
              variant="danger"
              busy={remove.isPending}
              blocked={blocked}
              onClick={() => remove.mutate()}
            >
              {t`Delete`}
            </Button>
          )}
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="shift"
            variant="primary"
            busy={save.isPending}
            blocked={blocked ?? whyNot}
          >
            {t`Save`}
          </Button>
        </>
      }
    >
      <LockNote reason={blocked} />
      <Form
        id="shift"
        error={save.error ?? remove.error}
        messages={{ 'shift.overlaps': t`They have another shift at that time. Change one of the two.` }}
        onSubmit={() => !blocked && !whyNot && save.mutate()}
      >
        {!old && (
          <Field label={t`Who`}>
            <Select value={member} onChange={(event) => setMember(event.target.value)}>
              {members.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label={t`For`} hint={t`A shift for all teams counts in each of theirs.`}>
          <Select value={team} onChange={(event) => setTeam(event.target.value)}>
            <option value="">{t`All their teams`}</option>
            {teams
              .filter(({ members }) => members.some((each) => each.member.id === member))
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </Select>
        </Field>
        <fieldset className={css.days}>
          <legend>{t`Days`}</legend>
          {weekdays.map((day) => (
            <Checkbox
              key={day}
              label={dayName(day)}
              checked={days.includes(day)}
              onChange={(event) => toggle(day, event.target.checked)}
            />
          ))}
        </fieldset>
        <div className={css.times}>
          <TimeSelect label={t`From`} value={from} onChange={setFrom} />
          <span aria-hidden="true">–</span>
          <TimeSelect label={t`To`} value={to} onChange={setTo} />
          {isOvernight({ from, to }) && from !== to && <span className={css.next}>{t`next day`}</span>}
        </div>
      </Form>
    </Dialog>
  );
}
