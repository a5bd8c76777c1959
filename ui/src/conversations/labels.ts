import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type LabelView, labelsListOptions } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useScope } from './scope';

const none: LabelView[] = [];

/** Every label that can be put on something, members' own among them. */
export function useLabels(): LabelView[] {
  const { workspace } = useScope();
  const blocked = useBlockedHere()('conversation.view');
  const { data } = useQuery({
    ...labelsListOptions({ path: { workspace_id: workspace } }),
    enabled: blocked === undefined,
    staleTime: 5 * 60_000,
  });
  return data?.items ?? none;
}

/** The labels with these ids, in the order of the list. */
export function useLabelsOf(ids: string[]): LabelView[] {
  const labels = useLabels();
  return useMemo(() => labels.filter((label) => ids.includes(label.id)), [labels, ids]);
}
