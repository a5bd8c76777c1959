import { useLingui } from '@lingui/react/macro';
import css from './HuePicker.module.css';

const HUES = [25, 60, 90, 145, 195, 230, 265, 295, 330] as const;

interface Props {
  value: number;
  onChange: (hue: number) => void;
}

/** A colour by its hue alone: how light and how strong it is follows from the scheme, so that it can be read. */
export function HuePicker({ value, onChange }: Props) {
  const { t } = useLingui();
  const names: Record<(typeof HUES)[number], string> = {
    25: t`Red`,
    60: t`Orange`,
    90: t`Yellow`,
    145: t`Green`,
    195: t`Teal`,
    230: t`Sky`,
    265: t`Blue`,
    295: t`Violet`,
    330: t`Pink`,
  };
  return (
    <fieldset className={css.picker}>
      <legend className={css.legend}>{t`Colour`}</legend>
      <div className={css.swatches}>
        {HUES.map((hue) => (
          <label key={hue} className={css.swatch} style={{ '--hue': hue }} title={names[hue]}>
            <input
              type="radio"
              name="hue"
              className="visually-hidden"
              checked={hue === value}
              onChange={() => onChange(hue)}
            />
            <span className="visually-hidden">{names[hue]}</span>
          </label>
        ))}
      </div>
      <input
        type="range"
        className={css.range}
        min={0}
        max={359}
        value={value}
        aria-label={t`Any other hue`}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </fieldset>
  );
}
