import { useLingui } from '@lingui/react/macro';
import { ProblemError } from '@/api';

/** What to say about one field of a refused form: our words for the usual codes, else the server's. */
export function useFieldText() {
  const { t } = useLingui();
  const texts: Record<string, string> = {
    required: t`This is needed.`,
    too_short: t`This is too short.`,
    too_long: t`This is too long.`,
    'email.invalid': t`This is no e-mail address.`,
    'password.too_short': t`Use at least 12 characters.`,
    'password.too_long': t`Use at most 128 characters.`,
    'password.common': t`This password is too easy to guess. Choose another one.`,
    'password.wrong': t`This is not your current password.`,
    'origin.invalid': t`One of these is no web address.`,
  };
  return (error: unknown, name: string): string | undefined => {
    if (!(error instanceof ProblemError)) return undefined;
    const field = error.field(name);
    return field && (texts[field.code] ?? field.detail);
  };
}
