import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { cx, Field, Input } from '@/design';
import css from './AddressField.module.css';
import { isAddress, parseWords } from './addresses';

interface Props {
  addresses: string[];
  onChange: (addresses: string[]) => void;
  /** What stands in the field and is no address of the list yet. */
  text: string;
  onText: (text: string) => void;
  /** Addresses that were refused, with why. */
  refused: ReadonlyMap<string, string>;
}

/** Addresses as chips: a blank, a comma, Enter or a pasted list adds, Backspace takes the last one out again. */
export function AddressField({ addresses, onChange, text, onText, refused }: Props) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);

  function add(words: string) {
    onChange([...new Set([...addresses, ...parseWords(words)])]);
    onText('');
  }

  function onKeyDown(event: KeyboardEvent) {
    if (['Enter', ',', ';', ' '].includes(event.key) && text.trim()) {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && addresses.length > 0) {
      event.preventDefault();
      onText(addresses.at(-1) ?? '');
      onChange(addresses.slice(0, -1));
    }
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData('text');
    if (!/[\s,;]/.test(pasted.trim())) return;
    event.preventDefault();
    add(`${text} ${pasted}`);
  }

  return (
    <Field label={t`E-mail addresses`} hint={t`One or many: type or paste a list.`}>
      {/* The border belongs to the chips and the field alike; a click beside them is meant for the field. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard reaches the field by itself */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard reaches the field by itself */}
      <div className={css.box} onClick={() => input.current?.focus()}>
        {addresses.map((address) => (
          <Chip
            key={address}
            address={address}
            problem={refused.get(address) ?? (isAddress(address) ? undefined : t`This is no e-mail address.`)}
            onRemove={() => onChange(addresses.filter((each) => each !== address))}
          />
        ))}
        <Input
          ref={input}
          className={css.input}
          value={text}
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => text.trim() && add(text)}
        />
      </div>
    </Field>
  );
}

interface ChipProps {
  address: string;
  problem: string | undefined;
  onRemove: () => void;
}

function Chip({ address, problem, onRemove }: ChipProps) {
  const { t } = useLingui();
  return (
    <span className={cx(css.chip, problem !== undefined && css.wrong)} title={problem}>
      <span className={css.address}>{address}</span>
      {problem && <span className="visually-hidden"> {problem}</span>}
      <button type="button" className={css.remove} onClick={onRemove}>
        <X size={12} aria-hidden="true" />
        <span className="visually-hidden">{t`Take ${address} out`}</span>
      </button>
    </span>
  );
}
