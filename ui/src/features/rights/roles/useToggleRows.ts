import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { Row } from '../matrix';
import { usePermissionTexts } from '../permissionTexts';

/** What simple switches are called, in their order. */
const labels: Record<string, MessageDescriptor> = {
  'contacts.read': msg`Read contacts`,
  'contacts.write': msg`Write contacts`,
  'contacts.delete': msg`Delete contacts`,
  'campaigns.read': msg`Read campaigns`,
  'campaigns.write': msg`Write campaigns`,
  'templates.read': msg`Read templates`,
  'templates.write': msg`Write templates`,
  'settings.read': msg`Read the settings`,
  'settings.write': msg`Write the settings`,
  'analytics.read': msg`Read reports`,
};

const groups: Record<string, MessageDescriptor> = {
  contacts: msg`Contacts`,
  campaigns: msg`Campaigns`,
  templates: msg`Templates`,
  settings: msg`Settings`,
  analytics: msg`Reports`,
};

const order = Object.keys(labels);

/** The few switches that a policy pack offers instead of the whole catalogue; none when it offers none. */
export function useToggleRows(toggles: Record<string, string[]>): Row[] {
  const { _ } = useLingui();
  const texts = usePermissionTexts();
  return Object.entries(toggles)
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([key, permissions]) => {
      const [group = key] = key.split('.');
      return {
        key,
        label: labels[key] ? _(labels[key]) : key,
        hint: permissions.map(texts.label).join(', '),
        group: groups[group] ? _(groups[group]) : group,
        permissions,
      };
    });
}
