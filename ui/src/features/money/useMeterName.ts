import { useLingui } from '@lingui/react/macro';

/** What a catalogue counts, by its name; one that we do not know is called as the catalogue calls it. */
export function useMeterName(): (meter: string) => string {
  const { t } = useLingui();
  const names: Record<string, string> = {
    full_seats: t`Full seats`,
    collaborator_seats: t`Light seats`,
    businesses: t`Businesses`,
    messages: t`Messages this month`,
    sms: t`Texts (SMS) this month`,
    agents: t`AI agents`,
    phone_numbers: t`Phone numbers`,
    credits: t`Credits`,
  };
  return (meter) => names[meter] ?? meter.replaceAll('_', ' ');
}
