import { useQuery } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import { type CountedPlace, paths } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { countersOptions, MOST_COUNTED } from '@/conversations/counters';
import { useScope } from '@/conversations/scope';
import css from './Rail.module.css';
import { RailLink } from './RailLink';

interface Props {
  place: CountedPlace;
  icon: LucideIcon;
  label: string;
}

/** A place that the server counts up to a limit, with how much is there. Where there is nothing to count, there is no such place. */
export function CountedLink({ place, icon, label }: Props) {
  const scope = useScope();
  const blocked = useBlockedHere()('conversation.view');
  const { data } = useQuery({ ...countersOptions(scope), enabled: !blocked });
  const count = data?.views[place];
  if (count === null || (place === 'ai' && count === undefined)) return null;
  return (
    <RailLink to={paths.inbox(scope.workspace, place)} icon={icon} label={label}>
      {!!count && <span className={css.count}>{count > MOST_COUNTED ? `${MOST_COUNTED}+` : count}</span>}
    </RailLink>
  );
}
