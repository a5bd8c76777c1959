import { Plural, useLingui } from '@lingui/react/macro';
import { Check, Monitor } from 'lucide-react';
import { type ReviewedMember, reviewPut } from '@/api';
import { Badge, Button, cx } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { When } from '@/i18n/When';
import { memberDialog } from './dialogs';
import { PersonCell } from './PersonCell';
import css from './Table.module.css';
import { useChange } from './useChange';
import { usePolicies } from './usePolicies';

/** From here on somebody's absence is remarkable. */
const LONG_DAYS = 30;

export function ReviewTable({ items }: { items: ReviewedMember[] }) {
  const { t } = useLingui();
  return (
    <div className={css.frame}>
      <table className={cx(css.table, css.headed)}>
        <thead>
          <tr>
            <th scope="col">{t`Name`}</th>
            <th scope="col">{t`Role`}</th>
            <th scope="col">{t`Last active`}</th>
            <th scope="col">{t`Shared devices`}</th>
            <th scope="col">{t`Last kept`}</th>
            <th scope="col">
              <span className="visually-hidden">{t`Keep or remove`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Reviewed key={item.member.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Reviewed({ item }: { item: ReviewedMember }) {
  const { t } = useLingui();
  const { member, days_idle, sessions_on_shared_devices: shared } = item;
  return (
    <tr>
      <th scope="row">
        <PersonCell member={member} />
      </th>
      <td className={css.fact} data-label={t`Role`}>
        {member.role.label}
        {member.seat_type === 'collaborator' && <span className={css.quiet}> · {t`light seat`}</span>}
      </td>
      <td className={css.fact} data-label={t`Last active`}>
        {days_idle >= LONG_DAYS ? (
          <Badge tone="warn">
            <Plural value={days_idle} one="# day ago" other="# days ago" />
          </Badge>
        ) : member.last_active_at ? (
          <When at={member.last_active_at} />
        ) : (
          t`Not yet`
        )}
      </td>
      <td className={css.fact} data-label={t`Shared devices`}>
        {shared > 0 ? (
          <Badge tone="warn" icon={<Monitor size={12} aria-hidden="true" />}>
            <Plural value={shared} one="# session" other="# sessions" />
          </Badge>
        ) : (
          <span className={css.quiet}>–</span>
        )}
      </td>
      <td className={css.fact} data-label={t`Last kept`}>
        {member.reviewed_at ? (
          <When at={member.reviewed_at} />
        ) : (
          <span className={css.quiet}>{t`Never`}</span>
        )}
      </td>
      <td className={css.decide}>
        <Decision item={item} />
      </td>
    </tr>
  );
}

/** Keeping somebody, or the way to go that the pack has for it. */
function Decision({ item: { member } }: { item: ReviewedMember }) {
  const { t } = useLingui();
  const keep = useChange((path) => reviewPut({ path, body: {} }), member.id, {
    failed: t`It was not noted`,
  });
  const removing = usePolicies()?.member_exit_verb !== 'deactivate';
  const blocked = useBlocked()(member, removing ? 'member.remove' : 'member.deactivate');
  return (
    <div className={css.buttons}>
      <Button
        size="s"
        icon={<Check size={13} aria-hidden="true" />}
        busy={keep.isPending}
        aria-label={t`Keep ${member.name}`}
        onClick={() => keep.mutate()}
      >
        {t`Keep`}
      </Button>
      <Button
        size="s"
        variant="ghost"
        blocked={blocked}
        aria-label={
          removing ? t({ message: `Remove ${member.name}`, context: 'member' }) : t`Deactivate ${member.name}`
        }
        onClick={() => memberDialog.set({ kind: removing ? 'remove' : 'deactivate', member })}
      >
        {removing ? t`Remove` : t`Deactivate`}
      </Button>
    </div>
  );
}
