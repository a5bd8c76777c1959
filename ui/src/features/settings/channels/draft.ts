import type { ChannelSettings, ChannelUpdate, ChannelView } from '@/api';
import { parseColor } from './color';
import { parseOrigins } from './origins';

/** A channel as the form holds it: what is typed need not be right yet. */
export interface Draft extends ChannelSettings {
  name: string;
  /** One address per line. */
  origins: string;
}

export const draftOf = (channel: ChannelView): Draft => ({
  ...channel.settings,
  name: channel.name,
  origins: channel.allowed_origins.join('\n'),
});

/** What is wrong with a draft, by field; empty when it can be saved. */
export type Faults = Partial<Record<'name' | 'origins' | 'color', string[]>>;

export function faultsOf(draft: Draft): Faults {
  const { rejected } = parseOrigins(draft.origins);
  return {
    ...(draft.name.trim() === '' && { name: [] }),
    ...(rejected.length > 0 && { origins: rejected }),
    ...(parseColor(draft.color) === null && { color: [draft.color] }),
  };
}

/** The settings to show and to save: a colour that is still being typed leaves the old one. */
export function settingsOf(
  { name: _, origins: __, ...settings }: Draft,
  channel: ChannelView,
): ChannelSettings {
  return { ...settings, color: parseColor(settings.color) ?? channel.settings.color };
}

/** What the server has to be told, and null when nothing changed. */
export function changesOf(channel: ChannelView, draft: Draft): ChannelUpdate | null {
  const name = draft.name.trim();
  const { origins } = parseOrigins(draft.origins);
  const before = draftOf(channel);
  const settings = Object.fromEntries(
    Object.entries(settingsOf(draft, channel)).filter(
      ([field, value]) => value !== channel.settings[field as keyof ChannelSettings],
    ),
  );
  const changes: ChannelUpdate = {
    ...(name !== channel.name && { name }),
    ...(origins.join('\n') !== before.origins && { allowed_origins: origins }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
  return Object.keys(changes).length > 0 ? changes : null;
}
