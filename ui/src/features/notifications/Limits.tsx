import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { channelsListOptions, teamsListOptions } from '@/api';
import { useMe } from '@/app/session';
import { Section } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { WhenSelect } from './EventMatrix';
import css from './Preferences.module.css';
import type { Choices } from './words';

interface Props {
  workspace: string;
  preferences: Choices;
  onChange: (more: Partial<Choices>) => void;
}

/** Teams and channels of which one wants to hear less. */
export function Limits({ workspace, preferences, onChange }: Props) {
  const { t } = useLingui();
  const path = { workspace_id: workspace };
  const membership = useMe().memberships.find((each) => each.workspace.id === workspace);
  const blocked = useBlocked();
  const may = (permission: string) => membership !== undefined && !blocked(membership, permission);
  const teams = useQuery({ ...teamsListOptions({ path }), enabled: may('team.view') }).data?.items ?? [];
  const channels =
    useQuery({ ...channelsListOptions({ path }), enabled: may('channel.view') }).data?.items ?? [];
  if (teams.length + channels.length === 0) return null;
  const rows = [
    ...teams.map(({ id, name }) => ({ id, name, of: 'teams' as const, kind: t`Team` })),
    ...channels.map(({ id, name }) => ({ id, name, of: 'channels' as const, kind: t`Channel` })),
  ];
  return (
    <Section
      title={t`Quieter for some`}
      description={t`At most so, whatever stands above. “Always” changes nothing.`}
      flush
    >
      <ul className={css.limits}>
        {rows.map(({ id, name, of, kind }) => (
          <li key={id}>
            <span>
              {name} <small>{kind}</small>
            </span>
            <WhenSelect
              label={`${kind}: ${name}`}
              value={preferences[of][id] ?? 'always'}
              onChange={(when) => onChange({ [of]: { ...preferences[of], [id]: when } })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
