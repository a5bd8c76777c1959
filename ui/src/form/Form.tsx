import { Plural } from '@lingui/react/macro';
import { createContext, type FormEvent, type ReactNode, use, useEffect, useRef } from 'react';
import { asProblem } from '@/api';
import { cx, Field } from '@/design';
import { useProblemText } from '@/i18n/problem';
import css from './Form.module.css';
import { useFieldText } from './fieldText';

const FormErrorContext = createContext<unknown>(null);

interface FormProps {
  /** For a button outside the form that sends it. */
  id?: string;
  /** What the last try failed with: fields show their part, the rest stands above them. */
  error: unknown;
  /** Our own words for some codes of the form as a whole. */
  messages?: Record<string, ReactNode>;
  onSubmit: (values: FormData) => void;
  onChange?: (values: FormData) => void;
  className?: string | undefined;
  children: ReactNode;
}

/** A form whose rules live on the server: it sends what was typed and shows which field was refused and why. */
export function Form({ id, error, messages, onSubmit, onChange, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid], [data-form-alert]')?.focus();
  }, [error]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form
      id={id}
      ref={form}
      noValidate
      onSubmit={submit}
      onChange={(event) => onChange?.(new FormData(event.currentTarget))}
      className={cx(css.form, className)}
    >
      <FormErrorContext value={error}>
        <FormAlert error={error} messages={messages} />
        {children}
      </FormErrorContext>
    </form>
  );
}

function FormAlert({ error, messages = {} }: { error: unknown; messages?: FormProps['messages'] }) {
  const text = useProblemText();
  if (!error) return null;
  const problem = asProblem(error);
  if (problem?.errors.length) return null;
  return (
    <div role="alert" tabIndex={-1} data-form-alert className={css.alert}>
      {problem?.retryAfter ? (
        <Wait seconds={problem.retryAfter} />
      ) : (
        (messages[problem?.code ?? ''] ?? text(error))
      )}
    </div>
  );
}

function Wait({ seconds }: { seconds: number }) {
  return (
    <Plural
      value={Math.ceil(seconds / 60)}
      one="Too many attempts. Try again in a minute."
      other="Too many attempts. Try again in # minutes."
    />
  );
}

interface FormFieldProps {
  /** The field's name in the request, which is how the server names it in an error. */
  name: string;
  label: string;
  hint?: ReactNode;
  children: ReactNode;
}

export function FormField({ name, label, hint, children }: FormFieldProps) {
  const error = use(FormErrorContext);
  const text = useFieldText();
  return (
    <Field label={label} hint={hint} error={text(error, name)}>
      {children}
    </Field>
  );
}

/** The buttons at the end of a form. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={css.actions}>{children}</div>;
}

/** A text of a form, trimmed: nobody means the blanks around a name or an address. */
export const textOf = (values: FormData, name: string): string => String(values.get(name) ?? '').trim();

/** A password is taken as it is. */
export const secretOf = (values: FormData, name: string): string => String(values.get(name) ?? '');
