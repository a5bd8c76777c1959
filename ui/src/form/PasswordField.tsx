import { useLingui } from '@lingui/react/macro';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { cx, IconButton, Input, useField } from '@/design';
import { FormField } from './Form';
import css from './PasswordField.module.css';
import { type PasswordHint, passwordHint } from './password';

interface Props {
  name: string;
  label: string;
  /** A password to be made: shows the rule and how good the typed one is. */
  fresh?: boolean;
  /** What else was typed and would be easy to guess. */
  about?: string[];
}

/** A password with a way to see it. Pasting and password managers work as in any field. */
export function PasswordField({ name, label, fresh = false, about = [] }: Props) {
  const [password, setPassword] = useState('');
  return (
    <FormField name={name} label={label} hint={fresh && <Strength hint={passwordHint(password, about)} />}>
      <RevealableInput name={name} fresh={fresh} onChange={setPassword} />
    </FormField>
  );
}

interface InputProps {
  name: string;
  fresh: boolean;
  onChange: (password: string) => void;
}

function RevealableInput({ name, fresh, onChange }: InputProps) {
  const { t } = useLingui();
  const field = useField();
  const [shown, setShown] = useState(false);
  return (
    <div className={css.control}>
      <Input
        {...field}
        name={name}
        type={shown ? 'text' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton
        size="s"
        className={css.reveal}
        label={shown ? t`Hide password` : t`Show password`}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff size={16} aria-hidden="true" /> : <Eye size={16} aria-hidden="true" />}
      </IconButton>
    </div>
  );
}

const bars: Record<PasswordHint['level'], number> = {
  empty: 0,
  short: 1,
  long: 1,
  weak: 2,
  good: 3,
  strong: 4,
};

function Strength({ hint }: { hint: PasswordHint }) {
  const text = useHintText();
  return (
    <span className={css.strength} data-level={hint.level}>
      <span className={css.meter} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} className={cx(bar <= bars[hint.level] && css.filled)} />
        ))}
      </span>
      <span role="status">{text(hint)}</span>
    </span>
  );
}

function useHintText() {
  const { t } = useLingui();
  return (hint: PasswordHint): string => {
    switch (hint.level) {
      case 'empty':
        return t`12 to 128 characters. A few words in a row do well.`;
      case 'short':
        return t`Too short: ${hint.missing} more`;
      case 'long':
        return t`Too long: 128 characters at most`;
      case 'weak':
        return {
          repeats: t`Weak: the same few characters`,
          sequence: t`Weak: characters in a row`,
          personal: t`Weak: words that are easy to guess`,
        }[hint.because];
      case 'good':
        return t`Good. Longer is better.`;
      case 'strong':
        return t`Strong`;
    }
  };
}
