import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { ListFilter } from 'lucide-react';
import type { MemberView } from '@/api';
import { Badge, Button, Field, Input, Select } from '@/design';
import { useMedia } from '@/design/useMedia';
import css from './Filters.module.css';
import { type AuditSearch, type Outcome, outcomes } from './filter';
import { groups } from './kinds';
import { usePeople } from './usePeople';

interface Props {
  search: AuditSearch;
}

/** Narrows the log; what is chosen stands in the address, so that it can be sent to somebody. Phones open it first. */
export function Filters({ search }: Props) {
  const { t } = useLingui();
  const chosen = Object.keys(search).length;
  const isNarrow = useMedia('(max-width: 760px)');
  if (!isNarrow) return <Choices search={search} />;
  return (
    <details className={css.sheet}>
      <summary className={css.summary}>
        <ListFilter size={15} aria-hidden="true" />
        {t`Narrow the log`}
        {chosen > 0 && <Badge tone="accent">{chosen}</Badge>}
      </summary>
      <Choices search={search} />
    </details>
  );
}

function Choices({ search }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/w/$workspace/settings/audit' });
  const set = (next: AuditSearch) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  const names = { done: t`Changes`, denied: t`Refusals`, read: t`Reads` };
  return (
    <search className={css.filters} aria-label={t`Narrow the log`}>
      <Field label={t`Person`}>
        <People chosen={search.person} onChoose={(person) => set({ person })} />
      </Field>
      <Field label={t`What`}>
        <Kinds chosen={search.kind} onChoose={(kind) => set({ kind })} />
      </Field>
      <Field label={t`Outcome`}>
        <Select
          value={search.outcome ?? ''}
          onChange={(event) => set({ outcome: (event.target.value || undefined) as Outcome })}
        >
          <option value="">{t`Any outcome`}</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {names[outcome]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`From`}>
        <Input
          type="date"
          value={search.from ?? ''}
          max={search.to}
          onChange={(event) => set({ from: event.target.value || undefined })}
        />
      </Field>
      <Field label={t`To`}>
        <Input
          type="date"
          value={search.to ?? ''}
          min={search.from}
          onChange={(event) => set({ to: event.target.value || undefined })}
        />
      </Field>
      {Object.keys(search).length > 0 && (
        <Button
          variant="ghost"
          className={css.clear}
          onClick={() => void navigate({ search: {}, replace: true })}
        >
          {t`Show everything`}
        </Button>
      )}
    </search>
  );
}

interface ChoiceProps {
  chosen: string | undefined;
  onChoose: (value: string | undefined) => void;
}

function People({ chosen, onChoose }: ChoiceProps) {
  const { t } = useLingui();
  const people = usePeople();
  const [here, former] = [false, true].map((ended) =>
    people.filter((each) => (each.ended_at !== null) === ended),
  );
  const options = (people: MemberView[] = []) =>
    people.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ));
  return (
    <Select value={chosen ?? ''} onChange={(event) => onChoose(event.target.value || undefined)}>
      <option value="">{t`Everybody`}</option>
      {chosen && !people.some(({ id }) => id === chosen) && <option value={chosen}>{t`Somebody`}</option>}
      {options(here)}
      {former && former.length > 0 && <optgroup label={t`Former members`}>{options(former)}</optgroup>}
    </Select>
  );
}

function Kinds({ chosen, onChoose }: ChoiceProps) {
  const { t, i18n } = useLingui();
  const known = groups.some(({ kinds }) => chosen && chosen in kinds);
  return (
    <Select value={chosen ?? ''} onChange={(event) => onChoose(event.target.value || undefined)}>
      <option value="">{t`Everything`}</option>
      {chosen && !known && <option value={chosen}>{chosen}</option>}
      {groups.map(({ label, kinds }) => (
        <optgroup key={label.id} label={i18n._(label)}>
          {Object.entries(kinds).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {i18n._(name)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}
