/** The server's bounds, counted in characters, not bytes. */
const PASSWORD_MIN = 12;
const PASSWORD_MAX = 128;

export type PasswordHint =
  | { level: 'empty' }
  | { level: 'short'; missing: number }
  | { level: 'long' }
  | { level: 'weak'; because: 'repeats' | 'sequence' | 'personal' }
  | { level: 'good' }
  | { level: 'strong' };

const SEQUENCES = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const WORDS = ['guildhall', 'password', 'contraseña'];

const length = (text: string) => [...text].length;

/** How much of the text runs along the alphabet, the digits or the keyboard, in either direction. */
function sequenceShare(text: string): number {
  let covered = 0;
  for (let i = 0; i < text.length - 3; i++) {
    const run = text.slice(i, i + 4);
    const reversed = [...run].reverse().join('');
    if (SEQUENCES.some((s) => s.includes(run) || s.includes(reversed))) {
      covered += 4;
      i += 3;
    }
  }
  return covered / text.length;
}

/** The words of a name or an address that make a password easy to guess. */
function personalWords(about: string[]): string[] {
  const words = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return [...words.filter((word) => word.length >= 4), ...WORDS];
}

/**
 * A hint while typing; the server decides. Length is what counts, so no rule asks for digits or signs.
 * `about` is what else was typed into the form.
 */
export function passwordHint(password: string, about: string[] = []): PasswordHint {
  const count = length(password);
  if (count === 0) return { level: 'empty' };
  if (count < PASSWORD_MIN) return { level: 'short', missing: PASSWORD_MIN - count };
  if (count > PASSWORD_MAX) return { level: 'long' };
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5) return { level: 'weak', because: 'repeats' };
  if (sequenceShare(lower) > 0.5) return { level: 'weak', because: 'sequence' };
  const guessable = personalWords(about).reduce((rest, word) => rest.replaceAll(word, ''), lower);
  if (length(guessable) < 6) return { level: 'weak', because: 'personal' };
  return { level: count >= 16 ? 'strong' : 'good' };
}
