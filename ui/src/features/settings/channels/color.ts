/** Contrast of WCAG 2.2 that text of normal size needs. */
export const TEXT_CONTRAST = 4.5;

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** `#RRGGBB` in lower case from what a person types, or null. */
export function parseColor(text: string): string | null {
  const digits = HEX.exec(text.trim())?.[1]?.toLowerCase();
  if (!digits) return null;
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((d) => d + d).join('')}`;
}

const channels = (color: string) =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255) as [number, number, number];
const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const fromLinear = (c: number) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);

function luminance(color: string): number {
  const [r, g, b] = channels(color);
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
}

/** Contrast of white text on a colour, 1 to 21. */
export const contrastWithWhite = (color: string): number => 1.05 / (luminance(color) + 0.05);

/** The colour of text on a brand colour, chosen as the chat itself does. */
export const inkOn = (color: string): string =>
  contrastWithWhite(color) >= TEXT_CONTRAST ? '#ffffff' : '#000000';

/**
 * The nearest darker shade of the same hue that white text is readable on; the colour itself when it already is.
 * Scaling the linear channels scales the luminance alike, so one division finds it.
 */
export function readableColor(color: string): string {
  if (contrastWithWhite(color) >= TEXT_CONTRAST) return color;
  const scale = (1.05 / TEXT_CONTRAST - 0.05) / luminance(color);
  const hex = channels(color).map((c) =>
    Math.floor(fromLinear(toLinear(c) * scale) * 255)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}
