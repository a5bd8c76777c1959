import { useLingui } from '@lingui/react/macro';
import { Checkbox } from '@/design';
import css from './RuleDialog.module.css';
import type { Choice } from './useChoices';

interface Props {
  legend: string;
  choices: Choice[];
  value: string[] | undefined;
  onChange: (ids: string[]) => void;
}

/** Any number of some; none chosen means that it does not matter. */
export function ChoiceBoxes({ legend, choices, value = [], onChange }: Props) {
  const { t } = useLingui();
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...value, id] : value.filter((each) => each !== id));
  return (
    <fieldset className={css.boxes}>
      <legend>{legend}</legend>
      {choices.length === 0 && <p className={css.none}>{t`None yet`}</p>}
      {choices.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={value.includes(id)}
          onChange={(event) => toggle(id, event.target.checked)}
        />
      ))}
    </fieldset>
  );
}
