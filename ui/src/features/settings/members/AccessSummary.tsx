import { useLingui } from '@lingui/react/macro';
import type { RoleView } from '@/api';
import { usePermissionTexts } from '@/features/rights/permissionTexts';
import { ReachMark } from '@/features/rights/ReachMark';
import { reachOf } from '@/features/rights/reach';
import css from './AccessSummary.module.css';

/** What tells most about a role; the matrix of roles has the rest. */
const telling = [
  'conversation.view',
  'conversation.reply',
  'note.create',
  'customer.view',
  'customer.view_unmasked',
  'customer.export',
  'member.invite',
  'role.manage',
  'workspace.edit_settings',
  'billing.manage',
];

/** What a role lets one do, in a few lines. */
export function AccessSummary({ role }: { role: Pick<RoleView, 'label' | 'grants'> }) {
  const { t } = useLingui();
  const { label } = usePermissionTexts();
  return (
    <section className={css.summary} aria-label={t`What ${role.label} may do`}>
      <ul className={css.list}>
        {telling.map((permission) => {
          const reach = reachOf(role.grants, permission);
          return (
            <li key={permission} data-reach={reach}>
              <span>{label(permission)}</span>
              <span className={css.reach}>
                <ReachMark reach={reach} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
