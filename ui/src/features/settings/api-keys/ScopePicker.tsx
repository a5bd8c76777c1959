import { Plural, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import type { ApiKeyKind, ApiKeyScope } from '@/api';
import { Button, cx } from '@/design';
import { SearchField } from '@/design/SearchField';
import { inMatrixOrder, usePermissionTexts } from '@/features/rights/permissionTexts';
import css from './ScopePicker.module.css';
import { matching, type Option, offered, refusalOf } from './scopes';
import { useRefusalText } from './useRefusalText';

interface Props {
  scopes: ApiKeyScope[];
  kind: ApiKeyKind;
  picked: ReadonlySet<string>;
  /** How many of the picked ones the key will be given. */
  count: number;
  onChange: (picked: ReadonlySet<string>) => void;
}

/** Everything a key can be given, in groups; what one cannot give says why. */
export function ScopePicker({ scopes, kind, picked, count, onChange }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const groups = matching(useOptions(scopes), text);

  function toggle(name: string) {
    const next = new Set(picked);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  }

  return (
    <fieldset className={css.picker}>
      <legend className={css.legend}>{t`What it may do`}</legend>
      <div className={css.bar}>
        <div className={css.tools}>
          <Button
            size="s"
            onClick={() => onChange(new Set(offered(scopes, kind, true)))}
          >{t`Read only`}</Button>
          <Button
            size="s"
            onClick={() => onChange(new Set(offered(scopes, kind)))}
          >{t`Everything I may`}</Button>
          <Button
            size="s"
            variant="ghost"
            blocked={count === 0 ? t`Nothing is chosen` : undefined}
            onClick={() => onChange(new Set())}
          >
            {t({ message: 'None', context: 'permissions' })}
          </Button>
          <span role="status" className={css.count}>
            <Plural
              value={count}
              _0="Nothing chosen yet"
              one="# permission chosen"
              other="# permissions chosen"
            />
          </span>
        </div>
        <SearchField label={t`Search permissions`} value={text} onChange={setText} />
      </div>
      <div className={css.groups}>
        {groups.map(({ label, options }) => (
          <div key={label} className={css.group}>
            <h3 className={css.heading}>{label}</h3>
            {options.map((option) => (
              <Choice
                key={option.scope.name}
                option={option}
                kind={kind}
                checked={picked.has(option.scope.name)}
                onToggle={() => toggle(option.scope.name)}
              />
            ))}
          </div>
        ))}
        {groups.length === 0 && <p className={css.nothing}>{t`No permission matches “${text}”`}</p>}
      </div>
    </fieldset>
  );
}

function useOptions(scopes: ApiKeyScope[]): Option[] {
  const { label, group } = usePermissionTexts();
  const byName = new Map(scopes.map((scope) => [scope.name, scope]));
  return inMatrixOrder([...byName.keys()]).map((name) => ({
    scope: byName.get(name)!,
    label: label(name),
    group: group(name),
  }));
}

interface ChoiceProps {
  option: Option;
  kind: ApiKeyKind;
  checked: boolean;
  onToggle: () => void;
}

function Choice({ option, kind, checked, onToggle }: ChoiceProps) {
  const refusal = refusalOf(option.scope, kind);
  const text = useRefusalText();
  const id = useId();
  return (
    <label className={cx(css.choice, refusal && css.refused)}>
      <input
        type="checkbox"
        checked={checked && !refusal}
        // It stays within reach, so that everybody can learn the reason.
        aria-disabled={refusal ? true : undefined}
        aria-describedby={refusal ? id : undefined}
        onChange={() => !refusal && onToggle()}
      />
      <span className={css.text}>
        <span>
          {option.label} <code className={css.code}>{option.scope.name}</code>
        </span>
        {refusal && <small id={id}>{text(refusal)}</small>}
      </span>
    </label>
  );
}
