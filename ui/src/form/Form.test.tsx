import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { ProblemError } from '@/api';
import { Input } from '@/design';
import { Form, FormField, textOf } from './Form';

afterEach(cleanup);

function show(error: unknown, onSubmit: (values: FormData) => void = () => undefined) {
  return render(
    <I18nProvider i18n={i18n}>
      <Form error={error} onSubmit={onSubmit} messages={{ 'account.exists': 'Sign in instead' }}>
        <FormField name="name" label="Name">
          <Input name="name" />
        </FormField>
        <FormField name="email" label="E-mail">
          <Input name="email" />
        </FormField>
        <button type="submit">Save</button>
      </Form>
    </I18nProvider>,
  );
}

const refused = (code: string, ...pointers: string[]) =>
  new ProblemError({
    status: 422,
    code,
    errors: pointers.map((pointer) => ({ pointer, code: 'invalid_value', detail: 'From the server.' })),
  });

it('sends what was typed, without the blanks around it', async () => {
  const send = vi.fn((values: FormData) => textOf(values, 'name'));
  show(null, send);
  await userEvent.type(screen.getByLabelText('Name'), '  Ann Keller {Enter}');
  expect(send).toHaveReturnedWith('Ann Keller');
});

it('says at the refused field why, and goes there', () => {
  show(refused('invalid_field', '/email'));
  const field = screen.getByLabelText('E-mail');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(field);
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'This is no e-mail address.',
  );
  expect(screen.queryByRole('alert')).toBeNull();
});

it('says above the fields what concerns none of them, in its own words where it has some', () => {
  show(new ProblemError({ status: 409, code: 'account.exists' }));
  expect(screen.getByRole('alert').textContent).toBe('Sign in instead');
  expect(document.activeElement).toBe(screen.getByRole('alert'));
});

it('tells how long to wait after too many attempts', () => {
  show(new ProblemError({ status: 429, code: 'rate.limited' }, 170));
  expect(screen.getByRole('alert').textContent).toContain('3 minutes');
});
