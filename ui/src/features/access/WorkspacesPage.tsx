import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { paths } from '@/app/paths';
import { useMe } from '@/app/session';
import { useCreateWorkspace } from '@/app/useCreateWorkspace';
import { Avatar, Button } from '@/design';
import { Unread } from '@/shell/Unread';
import { WorkspaceForm } from '@/shell/WorkspaceForm';
import { AccessLayout } from './AccessLayout';
import { SignOut } from './SignOut';
import css from './WorkspacesPage.module.css';

export default function WorkspacesPage() {
  const { t } = useLingui();
  const { memberships, account, is_operator } = useMe();
  const [creating, setCreating] = useState(false);
  const none = memberships.length === 0;
  return (
    <AccessLayout
      wide
      title={none ? t`Create your first workspace` : t`Choose a workspace`}
      description={
        none
          ? t`A workspace holds the conversations, customers and people of one team. To join one that exists, ask for an invitation to ${account.email}.`
          : undefined
      }
      footer={
        <>
          <p>{t`Signed in as ${account.email}`}</p>
          <p>
            <Link to={paths.me()}>{t`Your account`}</Link>
            {' · '}
            {is_operator && (
              <>
                <Link to={paths.operator()}>{t`Operate this server`}</Link>
                {' · '}
              </>
            )}
            <SignOut />
          </p>
        </>
      }
    >
      {!none && (
        <ul className={css.list}>
          {memberships.map((membership) => (
            <li key={membership.workspace.id}>
              <Link to={paths.workspace(membership.workspace.id)} className={css.workspace}>
                <Avatar name={membership.workspace.name} size={36} />
                <span className={css.name}>
                  <b>{membership.workspace.name}</b>
                  <small>{membership.role.label}</small>
                </span>
                <Unread membership={membership} />
                <ChevronRight size={16} aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {none || creating ? (
        <CreateWorkspace />
      ) : (
        <Button icon={<Plus size={16} aria-hidden="true" />} onClick={() => setCreating(true)}>
          {t`New workspace`}
        </Button>
      )}
    </AccessLayout>
  );
}

function CreateWorkspace() {
  const { t } = useLingui();
  const create = useCreateWorkspace();
  return (
    <WorkspaceForm id="create-workspace" create={create}>
      <Button type="submit" variant="primary" size="l" busy={create.isPending}>
        {t`Create workspace`}
      </Button>
    </WorkspaceForm>
  );
}
