import { Plural, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  invitationCreate,
  invitationsListQueryKey,
  onboardingShowQueryKey,
  type RoleView,
  rolesListOptions,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Button, Dialog, Field, Select, Textarea, toast } from '@/design';
import { useFieldText } from '@/form';
import { useProblemText } from '@/i18n/problem';
import { parseAddresses } from './addresses';
import css from './InviteDialog.module.css';

interface Refused {
  address: string;
  error: unknown;
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const roles = useInvitableRoles();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const role =
    roles.find((each) => each.key === chosen) ?? roles.find((each) => each.key === 'member') ?? roles[0];
  const addresses = parseAddresses(text);
  const invite = useInvite((refused) => {
    if (refused.length === 0) onClose();
    // What went through needs no second try.
    else setText(refused.map(({ address }) => address).join('\n'));
  });
  const blocked = !role
    ? t`The roles are not loaded yet`
    : addresses.length === 0
      ? t`Give at least one e-mail address`
      : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (role && !blocked && !invite.isPending) invite.mutate({ addresses, role });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Invite colleagues`}
      description={t`Each gets a mail with a link that is good for 14 days.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="invite" variant="primary" busy={invite.isPending} blocked={blocked}>
            {addresses.length > 1 ? (
              <Plural value={addresses.length} one="Send # invitation" other="Send # invitations" />
            ) : (
              t`Send invitation`
            )}
          </Button>
        </>
      }
    >
      <form id="invite" className={css.form} onSubmit={submit} noValidate>
        <Field label={t`E-mail addresses`} hint={t`One or many: paste a list.`}>
          <Textarea
            value={text}
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Field label={t`Role`} hint={role && <RoleHint role={role} />}>
          <Select value={role?.key ?? ''} onChange={(event) => setChosen(event.target.value)}>
            {roles.map((each) => (
              <option key={each.key} value={each.key}>
                {each.label}
              </option>
            ))}
          </Select>
        </Field>
        <Failures refused={invite.data ?? []} />
      </form>
    </Dialog>
  );
}

/** The roles one may give, by one's own right for their kind of seat. */
function useInvitableRoles(): RoleView[] {
  const blocked = useBlockedHere();
  const { data } = useQuery(rolesListOptions({ path: { workspace_id: useWorkspaceId() } }));
  const right = { full: 'member.invite', collaborator: 'member.invite_collaborator' };
  return (data?.items ?? []).filter((role) => role.assignable && !blocked(right[role.seat_type]));
}

function useInvite(onDone: (refused: Refused[]) => void) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  return useMutation({
    mutationFn: async ({ addresses, role }: { addresses: string[]; role: RoleView }) => {
      const refused: Refused[] = [];
      // One after the other: the server limits how fast one may invite.
      for (const address of addresses) {
        try {
          await invitationCreate({
            path,
            body: { email: address, role_key: role.key, seat_type: role.seat_type },
          });
        } catch (error) {
          refused.push({ address, error });
        }
      }
      return refused;
    },
    onSuccess: (refused, { addresses }) => {
      void queryClient.invalidateQueries({ queryKey: invitationsListQueryKey({ path }) });
      void queryClient.invalidateQueries({ queryKey: onboardingShowQueryKey({ path }) });
      const sent = addresses.length - refused.length;
      if (sent > 0) toast({ title: sent === 1 ? t`Invitation sent` : t`${sent} invitations sent` });
      onDone(refused);
    },
  });
}

function RoleHint({ role }: { role: RoleView }) {
  const { t } = useLingui();
  return role.seat_type === 'collaborator'
    ? t`A light seat: internal help that never meets a customer.`
    : t`A full seat. What the role may do is decided by the workspace’s rules.`;
}

function Failures({ refused }: { refused: Refused[] }) {
  const problemText = useProblemText();
  const fieldText = useFieldText();
  if (refused.length === 0) return null;
  return (
    <div className={css.failures} role="alert">
      {refused.map(({ address, error }) => (
        <p key={address}>
          <b>{address}</b> {fieldText(error, 'email') ?? fieldText(error, 'role_key') ?? problemText(error)}
        </p>
      ))}
    </div>
  );
}
