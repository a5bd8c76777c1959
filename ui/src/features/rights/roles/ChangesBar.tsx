import { Plural, useLingui } from '@lingui/react/macro';
import { CopyPlus, Info, Lock } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/design';
import type { Followed } from '../dependencies';
import { usePermissionTexts } from '../permissionTexts';
import type { RoleView } from '../types';
import type { Rights } from '../useRights';
import type { RoleEditor } from '../useRoleEditor';
import css from './ChangesBar.module.css';
import { ReviewDialog } from './ReviewDialog';
import { useChangeText } from './useChangeText';

interface Props {
  rights: Rights;
  editor: RoleEditor;
  /** A locked cell that was tried, and why it is locked. */
  tried: { role: RoleView; reason: string } | undefined;
  onDuplicate: ((role: RoleView) => void) | undefined;
}

/** Under the matrix: what the last click did beyond itself, and what waits to be saved. */
export function ChangesBar({ rights, editor, tried, onDuplicate }: Props) {
  const { t } = useLingui();
  const [reviewing, setReviewing] = useState(false);
  const { changes, aftermath } = editor;
  const text = useChangeText(rights.roles);
  return (
    <div className={css.region}>
      <div role="status">
        {tried ? (
          <p className={css.note}>
            <Lock size={14} aria-hidden="true" />
            <span>{tried.reason}</span>
            {tried.role.is_builtin && !tried.role.is_owner_role && onDuplicate && (
              <Button
                size="s"
                icon={<CopyPlus size={13} aria-hidden="true" />}
                onClick={() => onDuplicate(tried.role)}
              >
                {t`Duplicate ${tried.role.label}`}
              </Button>
            )}
          </p>
        ) : (
          aftermath && aftermath.followed.length > 0 && <Followers followed={aftermath.followed} />
        )}
      </div>
      {changes.length > 0 && (
        <div className={css.bar}>
          <div className={css.text}>
            <b>
              <Plural value={changes.length} one="# unsaved change" other="# unsaved changes" />
            </b>
            <ul className={css.changes}>
              {changes.map((change) => (
                <li key={`${change.role} ${change.permission}`}>{text(change)}</li>
              ))}
            </ul>
          </div>
          <Button variant="ghost" onClick={() => editor.discard()}>
            {t`Discard`}
          </Button>
          <Button variant="primary" onClick={() => setReviewing(true)}>
            {t`Review and save`}
          </Button>
        </div>
      )}
      {reviewing && <ReviewDialog rights={rights} editor={editor} onClose={() => setReviewing(false)} />}
    </div>
  );
}

function Followers({ followed }: { followed: Followed[] }) {
  const { t } = useLingui();
  const { label } = usePermissionTexts();
  return (
    <p className={css.note}>
      <Info size={14} aria-hidden="true" />
      <span>
        {followed
          .map(({ permission, reach, because }) =>
            reach === 'none'
              ? t`“${label(permission)}” went too: it needs “${label(because)}”.`
              : t`“${label(permission)}” came along: “${label(because)}” needs it.`,
          )
          .join(' ')}
      </span>
    </p>
  );
}
