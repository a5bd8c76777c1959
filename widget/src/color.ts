const HEX = /^#[0-9a-f]{6}$/i;

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

export const isColor = (value: string | undefined): value is string => HEX.test(value ?? '');

/** White where it reads at 4.5:1, which is up to this luminance; else black, which then always does. */
export const inkOn = (brand: string) => (luminance(brand) <= 1.05 / 4.5 - 0.05 ? '#fff' : '#000');

/** The colour nearest to `color` that keeps `ratio` against `background`. */
export function readableOn(background: string, color: string, ratio: number): string {
  const goal = inkOn(background) === '#fff' ? 255 : 0;
  const start = channels(color);
  for (let step = 0; step < 20; step++) {
    const mixed = start.map((from) => Math.round(from + (goal - from) * (step / 20)));
    const hex = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    if (contrast(hex, background) >= ratio) return hex;
  }
  return inkOn(background);
}
