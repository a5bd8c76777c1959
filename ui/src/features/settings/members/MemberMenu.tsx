import { useLingui } from '@lingui/react/macro';
import { Ellipsis } from 'lucide-react';
import { Fragment } from 'react';
import type { MemberView } from '@/api';
import { IconButton, Menu, MenuItem, MenuSeparator } from '@/design';
import { useMemberActions } from './useMemberActions';

/** Everything that can be done about a member, behind one button. */
export function MemberMenu({ member }: { member: MemberView }) {
  const { t } = useLingui();
  const actions = useMemberActions(member);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t`More about ${member.name}`}>
          <Ellipsis size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      {actions.map(({ key, label, icon: Icon, blocked, danger, apart, run }) => (
        <Fragment key={key}>
          {apart && <MenuSeparator />}
          <MenuItem icon={<Icon size={15} />} blocked={blocked} danger={danger && !blocked} onSelect={run}>
            {label}
          </MenuItem>
        </Fragment>
      ))}
    </Menu>
  );
}
