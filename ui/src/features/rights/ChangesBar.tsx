import { Plural, useLingui } from '@lingui/react/macro';
import { Info, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/design';
import css from './ChangesBar.module.css';
import type { Followed } from './dependencies';
import type { Carrier } from './draft';
import { usePermissionTexts } from './permissionTexts';
import { useChangeText } from './useChangeText';
import type { GrantsEditor } from './useGrantsEditor';

interface Props {
  carriers: Carrier[];
  editor: Pick<GrantsEditor, 'changes' | 'followed' | 'discard'>;
  /** Why a locked cell that was tried stays as it is, and what to do about it. */
  refused?: { reason: string; remedy?: ReactNode } | undefined;
  onReview: () => void;
}

/** Under a matrix: what the last click did beyond itself, and what waits to be saved. */
export function ChangesBar({ carriers, editor, refused, onReview }: Props) {
  const { t } = useLingui();
  const { changes, followed } = editor;
  const text = useChangeText(carriers);
  return (
    <div className={css.region}>
      <div role="status">
        {refused ? (
          <div className={css.note}>
            <Lock size={14} aria-hidden="true" />
            <p>{refused.reason}</p>
            {refused.remedy}
          </div>
        ) : (
          followed.length > 0 && <Followers followed={followed} />
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
                <li key={`${change.carrier} ${change.permission}`}>{text(change)}</li>
              ))}
            </ul>
          </div>
          <Button variant="ghost" onClick={() => editor.discard()}>
            {t`Discard`}
          </Button>
          <Button variant="primary" onClick={onReview}>
            {t`Review and save`}
          </Button>
        </div>
      )}
    </div>
  );
}

function Followers({ followed }: { followed: Followed[] }) {
  const { t } = useLingui();
  const { label } = usePermissionTexts();
  const causes = [...new Set(followed.map(({ because }) => because))];
  return (
    <div className={css.note}>
      <Info size={14} aria-hidden="true" />
      <p>
        {causes
          .map((because) => {
            const along = followed.filter((each) => each.because === because);
            const list = along.map(({ permission }) => `“${label(permission)}”`).join(', ');
            return along.every(({ reach }) => reach === 'none')
              ? t`Without “${label(because)}” this goes too: ${list}.`
              : t`“${label(because)}” needs ${list}, so that came along.`;
          })
          .join(' ')}
      </p>
    </div>
  );
}
