import { useLingui } from '@lingui/react/macro';
import { ProblemError } from '@/api';

/** What to say about one field of a refused form: our words for the usual refusals, else the server's. */
export function useFieldText() {
  const { t } = useLingui();
  const byCode: Record<string, string> = {
    missing_field: t`This is needed.`,
    common_password: t`This password is among the first that are tried. Choose another one.`,
    repetitive_password: t`This password repeats a few characters. Choose another one.`,
    personal_password: t`This password is made of words that are known about you. Choose another one.`,
    wrong_password: t`This is not your current password.`,
    label_taken: t`This name is taken.`,
    invalid_day: t`Choose a day within the next ten years.`,
    unknown_role: t`This role cannot be given. Choose another one.`,
  };
  const passwordRule = t`Use 12 to 128 characters.`;
  const nameRule = t`Give a name of 1 to 200 characters.`;
  const byName: Record<string, string> = {
    email: t`This is no e-mail address.`,
    seats: t`Give a whole number from 1 to 10,000.`,
    rank: t`Give a number from 1 up to your own rank.`,
    label: t`Give a name.`,
    name: nameRule,
    display_name: nameRule,
    lifetime_days: t`Give a number of days from 1 to 30.`,
    password: passwordRule,
    new_password: passwordRule,
    details: t`Use at most 10 lines and 1,000 characters.`,
    allowed_origins: t`Give at most 50 web addresses such as https://www.example.com.`,
    'settings/greeting': t`Use at most 500 characters.`,
    'settings/reply_time_hint': t`Use at most 120 characters.`,
    'settings/color': t`Give a colour such as #2b4fcf.`,
  };
  return (error: unknown, name: string): string | undefined => {
    if (!(error instanceof ProblemError)) return undefined;
    const field = error.field(name);
    return field && (byCode[field.code] ?? byName[name] ?? field.detail);
  };
}
