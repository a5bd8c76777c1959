import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type MemberView, type OwnershipTransferCreate, ownershipTransferCreate } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useMembership } from '@/app/session';
import { transfersOptions } from '@/app/transfers';
import { Button, Dialog, Field, Input, RadioGroup, reasonOf, Select, toast } from '@/design';
import { Form, FormField } from '@/form';
import { useBlocked } from '@/i18n/reason';
import { peopleOptions } from '../members/people';
import { usePolicies } from '../members/usePolicies';
import css from './sections.module.css';

type Mechanism = NonNullable<OwnershipTransferCreate['mechanism']>;

/** Offers the workspace to a member: chosen, confirmed by typing its name, and theirs once they accept. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { workspace } = useMembership();
  const [to, setTo] = useState('');
  const [typed, setTyped] = useState('');
  const { offered, mechanism, setMechanism } = useMechanism();
  const request = useMutation({
    mutationFn: () =>
      ownershipTransferCreate({
        path: { workspace_id: workspace.id },
        body: { to_member_id: to, workspace_name: typed.trim(), ...(mechanism && { mechanism }) },
      }),
    onSuccess: ({ data }) => {
      toast({
        title:
          data.state === 'awaiting_operator'
            ? t`The server’s operator is asked`
            : t`${data.to.name} is asked`,
      });
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: transfersOptions(workspace.id).queryKey }),
  });
  const blocked = !to
    ? t`Choose who shall own it`
    : typed.trim() !== workspace.name
      ? t`Type “${workspace.name}” first`
      : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Transfer ownership`}
      description={t`You offer this workspace to another member. It is theirs once they accept.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="transfer" variant="danger" busy={request.isPending} blocked={blocked}>
            {t`Offer the workspace`}
          </Button>
        </>
      }
    >
      <Form id="transfer" error={request.error} onSubmit={() => !blocked && request.mutate()}>
        <NewOwner value={to} onChange={setTo} />
        <ul className={css.follows}>
          <li>{t`They can do everything here, delete the workspace included, and the bills are theirs.`}</li>
          <li>{t`You keep the highest role below the owner’s, and can leave then.`}</li>
          <li>{t`Until they accept nothing changes, and you can take the offer back.`}</li>
        </ul>
        {offered.length > 1 && (
          <RadioGroup<Mechanism>
            legend={t`How`}
            name="mechanism"
            value={mechanism ?? 'self_serve'}
            options={[
              { value: 'self_serve', label: t`Between the two of us`, hint: t`They are asked at once.` },
              {
                value: 'support_request',
                label: t`Through whoever runs this server`,
                hint: t`The operator approves the request before they are asked.`,
              },
            ]}
            onChange={setMechanism}
          />
        )}
        <Field label={t`Type “${workspace.name}” to confirm`}>
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Field>
      </Form>
    </Dialog>
  );
}

/** The ways the pack offers; the simplest one unless another is chosen. */
function useMechanism() {
  const ways = usePolicies()?.ownership_transfer ?? [];
  const offered = ways.filter((way): way is Mechanism => way !== 'invite_as_owner');
  const [chosen, setMechanism] = useState<Mechanism>();
  return {
    offered,
    mechanism: chosen ?? (offered.includes('self_serve') ? undefined : offered[0]),
    setMechanism,
  };
}

interface NewOwnerProps {
  value: string;
  onChange: (id: string) => void;
}

/** All other members; those who cannot own a workspace say why. */
function NewOwner({ value, onChange }: NewOwnerProps) {
  const { t } = useLingui();
  const { workspace } = useMembership();
  const blocked = useBlocked();
  const people = useQuery(peopleOptions(workspace.id, 'here')).data ?? [];
  const why = (member: MemberView) =>
    member.seat_type === 'collaborator'
      ? t`on a light seat`
      : reasonOf(blocked(member, 'workspace.transfer_ownership'));
  return (
    <FormField
      name="to_member_id"
      label={t`New owner`}
      hint={people.length === 1 ? t`There is nobody else yet: invite them first.` : undefined}
    >
      <Select value={value} onChange={(event) => onChange(event.target.value)} required>
        <option value="">{t`Choose a member`}</option>
        {people
          .filter((member) => !member.is_me)
          .map((member) => {
            const reason = why(member);
            return (
              <option key={member.id} value={member.id} disabled={reason !== undefined}>
                {reason ? `${member.name} · ${reason}` : `${member.name} · ${member.email}`}
              </option>
            );
          })}
      </Select>
    </FormField>
  );
}
