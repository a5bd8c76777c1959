import { useLingui } from '@lingui/react/macro';
import { Check, Lock, Minus } from 'lucide-react';
import { Avatar } from '@/design';
import { usePermissionTexts } from '../permissionTexts';
import { exceeds, type Grants, reachOf } from '../reach';
import css from './AsTheySee.module.css';

/** What stands beside a conversation, when it is there. */
const shown = [
  'conversation.assign',
  'conversation.set_status',
  'customer.edit',
  'customer.export',
  'analytics.view',
  'member.invite',
];

/** A made-up customer as somebody with these grants would see them. */
export function AsTheySee({ grants }: { grants: Grants }) {
  const { t } = useLingui();
  const { label } = usePermissionTexts();
  const may = (permission: string) => exceeds(reachOf(grants, permission), 'none');
  return (
    <div className={css.card}>
      {may('customer.view') ? (
        <Details reach={reachOf(grants, 'customer.view_unmasked')} />
      ) : (
        <p className={css.hidden}>{t`Customers do not appear at all.`}</p>
      )}
      <Composer may={may} />
      <ul className={css.acts}>
        {shown.map((permission) => (
          <li key={permission} data-may={may(permission)}>
            {may(permission) ? (
              <Check size={13} strokeWidth={2.6} aria-hidden="true" />
            ) : (
              <Minus size={13} aria-hidden="true" />
            )}
            {label(permission)}
            {!may(permission) && <span className="visually-hidden">{t`: no`}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Details({ reach }: { reach: string }) {
  const { t } = useLingui();
  const name = t`Sample Customer`;
  const full = reach === 'any' || reach === 'own';
  const value = (whole: string, masked: string) =>
    full ? whole : reach === 'masked' ? masked : <span className={css.hidden}>{t`Hidden`}</span>;
  return (
    <>
      <header className={css.header}>
        <Avatar name={name} size={36} />
        <b>{name}</b>
      </header>
      <dl className={css.facts}>
        <dt>{t`E-mail`}</dt>
        <dd>{value('sample@example.com', 's***@example.com')}</dd>
        <dt>{t`Phone`}</dt>
        <dd>{value('+1 555 0100', '***')}</dd>
        <dt>{t`Spend`}</dt>
        <dd>{full ? '$ 1,280' : <span className={css.hidden}>{t`Hidden`}</span>}</dd>
      </dl>
    </>
  );
}

function Composer({ may }: { may: (permission: string) => boolean }) {
  const { t } = useLingui();
  const reply = may('conversation.view') && may('conversation.reply');
  const text = reply
    ? t`Write a reply…`
    : !may('conversation.view')
      ? t`Does not see conversations`
      : may('note.create')
        ? t`Can write notes, not reply`
        : t`Can read, not write`;
  return (
    <p className={css.composer}>
      {!reply && <Lock size={14} aria-hidden="true" />}
      {text}
    </p>
  );
}
