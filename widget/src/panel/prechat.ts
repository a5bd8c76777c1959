import type { Identity } from '../contract';
import { h, setAttributes } from './dom';
import { HttpError } from './http';
import type { About } from './session';
import type { Strings } from './strings';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export type PreChat = ReturnType<typeof createPreChat>;

/** Asks for name and e-mail before the first message. */
export function createPreChat(options: {
  strings: Strings;
  introduction: string;
  required: boolean;
  /** What the site says, for the visitor to confirm. */
  known: Pick<Identity, 'name' | 'email'> | null | undefined;
  onSubmit: (about: About) => Promise<void>;
}) {
  const { strings, required, known, onSubmit } = options;
  const name = field({
    id: 'name',
    label: strings.name,
    type: 'text',
    autocomplete: 'name',
    value: known?.name ?? '',
  });
  const email = field({
    id: 'email',
    label: strings.email,
    hint: strings.emailHint,
    type: 'email',
    autocomplete: 'email',
    value: known?.email ?? '',
  });
  const trouble = h('p', { class: 'error', role: 'alert' });
  const button = h('button', { class: 'primary' }, strings.start);
  const form = h(
    'form',
    { class: 'prechat', novalidate: true },
    h('p', { class: 'intro' }, options.introduction),
    name.element,
    email.element,
    trouble,
    button,
  );

  function field(spec: {
    id: string;
    label: string;
    hint?: string;
    type: string;
    autocomplete: string;
    value: string;
  }) {
    const { id, label, hint, value, ...attributes } = spec;
    const input = h('input', {
      ...attributes,
      id,
      name: id,
      maxlength: 200,
      'aria-required': required,
      'aria-describedby': `${hint ? `${id}-hint ` : ''}${id}-error`,
    });
    input.value = value;
    const error = h('span', { class: 'error', id: `${id}-error` });
    const complain = (message: string) => {
      error.textContent = message;
      setAttributes(input, { 'aria-invalid': message ? 'true' : null });
    };
    input.oninput = () => complain('');
    const optional = !required && h('span', { class: 'optional' }, ` ${strings.optional}`);
    const element = h(
      'div',
      { class: 'field' },
      h('label', { for: id }, label, optional),
      hint && h('small', { id: `${id}-hint` }, hint),
      input,
      error,
    );
    return { element, input, complain };
  }

  function check(): boolean {
    const address = email.input.value.trim();
    const badEmail = address ? !EMAIL.test(address) && strings.emailInvalid : strings.emailMissing;
    name.complain(required && !name.input.value.trim() ? strings.nameMissing : '');
    email.complain((address || required) && badEmail ? badEmail : '');
    const first = [name, email].find(({ input }) => input.hasAttribute('aria-invalid'));
    first?.input.focus();
    return !first;
  }

  function explain(error: HttpError) {
    const pointers = error.problem.errors?.map(({ pointer }) => pointer) ?? [];
    const fault = [
      { field: name, message: strings.nameMissing },
      { field: email, message: strings.emailInvalid },
    ].find(({ field }) => pointers.includes(`/${field.input.name}`));
    if (!fault) {
      trouble.textContent = error.status === 429 ? strings.tooMany : strings.unreachable;
      return button.focus();
    }
    fault.field.complain(fault.message);
    fault.field.input.focus();
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    trouble.textContent = '';
    if (button.ariaDisabled || !check()) return;
    button.ariaDisabled = 'true';
    try {
      await onSubmit({ name: name.input.value.trim(), email: email.input.value.trim() });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      explain(error);
    } finally {
      button.ariaDisabled = null;
    }
  };

  return { element: form, focus: () => name.input.focus() };
}
