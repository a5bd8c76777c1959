import { type ComponentPropsWithRef, createContext, type ReactNode, use, useId } from 'react';
import { cx } from './cx';
import css from './Field.module.css';

interface FieldIds {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  children: ReactNode;
}

/** Ties a label, a hint and an error to the one control inside. */
export function Field({ label, hint, error, hideLabel = false, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  return (
    <div className={css.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : css.label}>
        {label}
      </label>
      <FieldContext value={{ id, describedBy, invalid: error !== undefined }}>{children}</FieldContext>
      {hint && (
        <p id={hintId} className={css.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className={css.error}>
          {error}
        </p>
      )}
    </div>
  );
}

/** What a control inside a `Field` needs to carry. */
export function useField() {
  const field = use(FieldContext);
  if (!field) return {};
  return { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined };
}

export function Input({ className, ...rest }: ComponentPropsWithRef<'input'>) {
  return <input {...useField()} {...rest} className={cx(css.control, className)} />;
}

export function Textarea({ className, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return <textarea rows={3} {...useField()} {...rest} className={cx(css.control, css.textarea, className)} />;
}

/** The native select: it works with every keyboard, reader and phone. */
export function Select({ className, ...rest }: ComponentPropsWithRef<'select'>) {
  return <select {...useField()} {...rest} className={cx(css.control, css.select, className)} />;
}

interface CheckboxProps extends Omit<ComponentPropsWithRef<'input'>, 'type'> {
  label: ReactNode;
}

export function Checkbox({ label, ...rest }: CheckboxProps) {
  return (
    <label className={css.check}>
      <input type="checkbox" {...rest} />
      <span>{label}</span>
    </label>
  );
}

interface RadioProps<Value extends string> {
  /** The group's name, read before its options. */
  legend: string;
  /** Keeps the name for screen readers only. */
  hideLegend?: boolean;
  name: string;
  value: Value;
  /** Options with pictures stand side by side. */
  options: { value: Value; label: ReactNode; hint?: ReactNode; picture?: ReactNode }[];
  onChange: (value: Value) => void;
}

export function RadioGroup<Value extends string>({
  legend,
  hideLegend = false,
  name,
  value,
  options,
  onChange,
}: RadioProps<Value>) {
  const pictured = options.some((option) => option.picture);
  return (
    <fieldset className={cx(css.radios, pictured && css.pictured)}>
      <legend className={hideLegend ? 'visually-hidden' : css.label}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={css.check}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className={css.option}>
            {option.picture}
            {option.label}
            {option.hint && <small className={css.hint}>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
