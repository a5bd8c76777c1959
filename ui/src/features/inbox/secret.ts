const CARD = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;
const PASSWORD = /\b(?:password|passwort|contraseña|clave|pin)\s*(?::|=|\bis\b|\bes\b)\s*\S/iu;

/** What a text seems to give away that nobody should keep. */
export function secretIn(text: string): 'card' | 'password' | null {
  if (text.match(CARD)?.some((found) => isCard(found.replace(/\D/g, '')))) return 'card';
  return PASSWORD.test(text) ? 'password' : null;
}

/** The check digit of payment cards (ISO/IEC 7812, Luhn). */
function isCard(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
