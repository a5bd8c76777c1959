import { useLingui } from '@lingui/react';

const UNITS = ['byte', 'kilobyte', 'megabyte'];

/** A file size as people write it: 18 bytes, 84 kB, 2.4 MB. */
export function useSize(): (bytes: number) => string {
  const { i18n } = useLingui();
  return (bytes) => {
    const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)));
    return new Intl.NumberFormat(i18n.locale, {
      style: 'unit',
      unit: UNITS[power] ?? 'byte',
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: power > 1 ? 1 : 0,
    }).format(bytes / 1000 ** power);
  };
}
