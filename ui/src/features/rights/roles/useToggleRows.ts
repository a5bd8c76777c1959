import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { Row } from '../matrix';

const labels: Record<string, MessageDescriptor> = {
  read: msg`Read`,
  write: msg`Write`,
  delete: msg`Delete`,
};

const groups: Record<string, MessageDescriptor> = {
  contacts: msg`Contacts`,
  campaigns: msg`Campaigns`,
  templates: msg`Templates`,
  settings: msg`Settings`,
  analytics: msg`Reports`,
};

/** The few switches that a policy pack offers instead of the whole catalogue; none when it offers none. */
export function useToggleRows(toggles: Record<string, string[]>): Row[] {
  const { _ } = useLingui();
  return Object.entries(toggles).map(([key, permissions]) => {
    const [group = key, verb = key] = key.split('.');
    return {
      key,
      label: labels[verb] ? _(labels[verb]) : verb,
      group: groups[group] ? _(groups[group]) : group,
      permissions,
    };
  });
}
