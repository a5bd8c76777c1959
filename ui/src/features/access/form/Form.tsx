import { createContext, type FormEvent, type ReactNode, use, useEffect, useRef } from 'react';
import { asProblem, useProblemText } from '@/app/problem';
import { cx } from '@/design';
import { Field } from '@/design';
import { useFieldText } from './fieldText';
import css from './Form.module.css';

const FormErrorContext = createContext<unknown>(null);

interface FormProps {
  /** What the last try failed with: fields show their part, the rest stands above them. */
  error: unknown;
  /** Our own words for some codes of the form as a whole. */
  messages?: Record<string, ReactNode>;
  onSubmit: (values: FormData) => void;
  className?: string | undefined;
  children: ReactNode;
}

/** A form whose rules live on the server: it sends what was typed and shows which field was refused and why. */
export function Form({ error, messages, onSubmit, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid], [data-form-alert]')?.focus();
  }, [error]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className={cx(css.form, className)}>
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
  if (problem.errors.length > 0) return null;
  return (
    <div role="alert" tabIndex={-1} data-form-alert className={css.alert}>
      {messages[problem.code] ?? text(error)}
    </div>
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

/** A text of a form, trimmed: nobody means the blanks around a name or an address. */
export const textOf = (values: FormData, name: string): string => String(values.get(name) ?? '').trim();

/** A password is taken as it is. */
export const secretOf = (values: FormData, name: string): string => String(values.get(name) ?? '');
