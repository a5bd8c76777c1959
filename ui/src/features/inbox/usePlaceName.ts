import { useLingui } from '@lingui/react';
import { useLingui as useText } from '@lingui/react/macro';
import { isView, type Place } from '@/app/paths';
import { useLabels } from '@/conversations/labels';
import { useSavedSearches } from '@/conversations/saved';
import { useTeams } from '@/conversations/teams';
import { viewInfo } from '@/shell/views';

/** How a place in the inbox is called: a view by us, everything else by the workspace. */
export function usePlaceName(place: Place): string {
  const { _ } = useLingui();
  const { t } = useText();
  const teams = useTeams();
  const labels = useLabels();
  const saved = useSavedSearches();
  if (isView(place)) return _(viewInfo[place].label);
  if (place === 'mentions') return t`Mentions`;
  if (place === 'ai') return t`With the AI`;
  const [kind, id] = place.split('.');
  const named = kind === 'team' ? teams : kind === 'label' ? labels : saved;
  return named.find((each) => each.id === id)?.name ?? t`All open`;
}
