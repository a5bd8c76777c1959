import { Plural, useLingui } from '@lingui/react/macro';
import { CopyPlus, Eye, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RoleView } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useLookAs } from '@/app/useLookAs';
import { Badge, Button, Field, Select } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import { useBlocked } from '@/i18n/reason';
import type { GrantsEditor } from '../useGrantsEditor';
import type { Rights } from '../useRights';
import { AsTheySee } from './AsTheySee';
import { DeleteRole } from './DeleteRole';
import css from './RoleDetails.module.css';
import { RoleDialog } from './RoleDialog';

export interface RoleDetailsProps {
  role: RoleView;
  rights: Rights;
  editor: Pick<GrantsEditor, 'draft' | 'grantsOf'>;
  comparedWith: string | undefined;
  onCompare: (role: string | undefined) => void;
  onDuplicate: () => void;
  onDeleted: () => void;
}

/** A role: what its holders see, and what can be done with it. */
export function RoleDetails(props: RoleDetailsProps) {
  const { role, rights, editor, comparedWith, onCompare, onDuplicate, onDeleted } = props;
  const { t } = useLingui();
  const look = useLookAs();
  const blocked = useBlocked();
  const packText = usePackText();
  const create = useBlockedHere()('role.manage');
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const changes = editor.draft[role.key];
  const manage = role.is_builtin
    ? t`Built-in roles stay as they are. Duplicate it and change the copy.`
    : blocked(role, 'role.manage');
  return (
    <div className={css.details}>
      <p className={css.facts}>
        <Badge>{role.is_builtin ? t`Built-in` : t`Own role`}</Badge>
        <Badge>{t`Rank ${role.rank}`}</Badge>
        {role.seat_type === 'collaborator' && <Badge tone="note">{t`Light seat`}</Badge>}
        <Badge>
          <Plural value={role.members_count} one="# person" other="# people" />
        </Badge>
      </p>
      {role.description && <p>{packText(role.description)}</p>}

      <section className={css.sight} aria-label={t`See it as they will`}>
        <h3 className={css.heading}>{t`See it as they will`}</h3>
        <AsTheySee grants={editor.grantsOf(role)} />
        <Button
          icon={<Eye size={15} aria-hidden="true" />}
          busy={look.isPending}
          onClick={() =>
            look.mutate(changes ? { base_role_key: role.key, grants: changes } : { role_key: role.key })
          }
        >
          {changes ? t`Look around with these changes` : t`Look around as ${role.label}`}
        </Button>
      </section>

      <Field label={t`Compare with`}>
        <Select value={comparedWith ?? ''} onChange={(event) => onCompare(event.target.value || undefined)}>
          <option value="">{t`No other role`}</option>
          {rights.roles
            .filter(({ key }) => key !== role.key)
            .map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
        </Select>
      </Field>

      <div className={css.actions}>
        <Button
          size="s"
          icon={<CopyPlus size={14} aria-hidden="true" />}
          blocked={create}
          onClick={onDuplicate}
        >
          {t`Duplicate`}
        </Button>
        <Button
          size="s"
          icon={<Pencil size={14} aria-hidden="true" />}
          blocked={manage}
          onClick={() => setOpen('rename')}
        >
          {t`Rename`}
        </Button>
        <Button
          size="s"
          icon={<Trash2 size={14} aria-hidden="true" />}
          blocked={
            manage ??
            (role.members_count > 0 ? t`People have this role. Give them another one first.` : undefined)
          }
          onClick={() => setOpen('delete')}
        >
          {t`Delete`}
        </Button>
      </div>
      {open === 'rename' && (
        <RoleDialog
          roles={rights.roles}
          renamed={role}
          onClose={() => setOpen(undefined)}
          onSaved={() => undefined}
        />
      )}
      {open === 'delete' && (
        <DeleteRole role={role} onClose={() => setOpen(undefined)} onDeleted={onDeleted} />
      )}
    </div>
  );
}
