import { useLingui } from '@lingui/react/macro';
import { Bookmark } from 'lucide-react';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { useSavedSearches } from '@/conversations/saved';
import css from './Rail.module.css';
import { RailLink } from './RailLink';

/** The lists that one keeps under a name. */
export function SavedLinks() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const saved = useSavedSearches();
  if (saved.length === 0) return null;
  return (
    <>
      <h2 className={css.group}>{t`Saved views`}</h2>
      {saved.map(({ id, name, icon }) => (
        <RailLink
          key={id}
          to={paths.inbox(workspace, `saved.${id}`)}
          icon={Bookmark}
          label={icon ? `${icon} ${name}` : name}
        />
      ))}
    </>
  );
}
