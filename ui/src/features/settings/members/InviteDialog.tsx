import { Plural, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useMembership } from '@/app/session';
import { Button, Dialog, Input } from '@/design';
import { SeatsNote } from '@/features/money/seats/SeatsNote';
import { Form, FormField } from '@/form';
import { AddressField } from './AddressField';
import { isAddress, parseWords } from './addresses';
import css from './InviteDialog.module.css';
import { OwnerNotice } from './OwnerNotice';
import { RoleField } from './RoleField';
import { SeatField } from './SeatField';
import { useChosenRole } from './useChosenRole';
import type { GivableRole } from './useGivableRoles';
import { usePolicies } from './usePolicies';
import { type Refused, useSendInvitations } from './useSendInvitations';

const USUAL_DAYS = 14;

/** Invites one or many by mail. Each address gets its own answer; what was refused stays to be mended. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [addresses, setAddresses] = useState<string[]>([]);
  const [text, setText] = useState('');
  const [days, setDays] = useState(USUAL_DAYS);
  const { roles, role, setRole, seat, setSeat } = useChosenRole(useAsOwner());
  const all = [...new Set([...addresses, ...parseWords(text)])];
  const send = useSendInvitations((refused) => {
    if (refused.size === 0) onClose();
    setText('');
    setAddresses([...refused.keys()]);
  });
  const owner = role?.is_owner_role === true;
  const blocked = useWhyNot(all, role, owner);

  function submit() {
    if (!role || blocked || send.isPending) return;
    send.mutate({ emails: all, role_key: role.key, seat_type: seat, lifetime_days: days, owner });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Invite colleagues`}
      description={t`Each gets a mail with a link of their own, which works for that address alone and once.`}
      footer={
        <>
          {!owner && (
            <div className={css.price}>
              <SeatsNote seat={seat} count={all.length} />
            </div>
          )}
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="invite" variant="primary" busy={send.isPending} blocked={blocked}>
            {all.length > 1 ? (
              <Plural value={all.length} one="Send # invitation" other="Send # invitations" />
            ) : (
              t`Send invitation`
            )}
          </Button>
        </>
      }
    >
      <Form id="invite" error={send.error} onSubmit={submit}>
        <AddressField
          addresses={addresses}
          onChange={setAddresses}
          text={text}
          onText={setText}
          refused={send.data ?? new Map()}
        />
        <Failures refused={send.data} />
        <RoleField roles={roles} value={role} onChange={setRole} />
        {owner && <OwnerNotice />}
        <div className={css.pair}>
          {!owner && <SeatField value={seat} onChange={setSeat} />}
          <FormField name="lifetime_days" label={t`Good for (days)`} hint={t`From each sending on, 1 to 30.`}>
            <Input
              type="number"
              min={1}
              max={30}
              value={days}
              onChange={(event) => setDays(event.target.valueAsNumber)}
            />
          </FormField>
        </div>
      </Form>
    </Dialog>
  );
}

/** Why what was typed cannot be sent. */
function useWhyNot(all: string[], role: GivableRole | undefined, owner: boolean): string | undefined {
  const { t } = useLingui();
  if (!role) return t`The roles are not loaded yet`;
  if (all.length === 0) return t`Give at least one e-mail address`;
  if (!all.every(isAddress)) return t`Mend or take out what is no e-mail address`;
  if (owner && all.length > 1) return t`There is one owner: give one address`;
  return undefined;
}

/** Where the pack offers it, the owner may invite somebody as owner. */
function useAsOwner(): (role: GivableRole) => GivableRole {
  const { is_owner } = useMembership();
  const offered = usePolicies()?.ownership_transfer.includes('invite_as_owner');
  return (role) => (role.is_owner_role && is_owner && offered ? { ...role, blocked: undefined } : role);
}

function Failures({ refused }: { refused: Refused | undefined }) {
  if (!refused?.size) return null;
  return (
    <ul className={css.failures} role="alert">
      {[...refused].map(([address, reason]) => (
        <li key={address}>
          <b>{address}</b> {reason}
        </li>
      ))}
    </ul>
  );
}
