import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type MemberCreate, memberCreate } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input, RadioGroup, toast } from '@/design';
import { SeatsNote } from '@/features/money/seats/SeatsNote';
import { Form, FormField, textOf } from '@/form';
import { InitialPassword } from './InitialPassword';
import css from './InviteDialog.module.css';
import { readMembersAgain } from './people';
import { RoleField } from './RoleField';
import { SeatField } from './SeatField';
import { useChosenRole } from './useChosenRole';
import { usePolicies } from './usePolicies';

type With = 'link' | 'password';

/** Makes an account and its place here in one go, for somebody who has none. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const [way, setWay] = useState<With>('link');
  const { roles, role, setRole, seat, setSeat } = useChosenRole();
  const withPassword = usePolicies()?.member_creation.includes('create_with_password') ?? false;
  const create = useMutation({
    mutationFn: async (body: MemberCreate) =>
      (await memberCreate({ path: { workspace_id: workspace }, body })).data,
    onSuccess: (created) => {
      if (created.initial_password) return;
      toast({
        title: t`${created.member.name} is a member now`,
        description: t`A mail with a link to choose a password is on its way.`,
      });
      onClose();
    },
    onSettled: () => readMembersAgain(workspace),
  });
  if (create.data?.initial_password) return <InitialPassword created={create.data} onClose={onClose} />;

  const send = (values: FormData) =>
    role &&
    create.mutate({
      name: textOf(values, 'name'),
      email: textOf(values, 'email'),
      role_key: role.key,
      seat_type: seat,
      with: way,
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`New user`}
      description={t`Makes an account with a place here at once. Who has an account already is invited instead.`}
      footer={
        <>
          <div className={css.price}>
            <SeatsNote seat={seat} count={1} />
          </div>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="new-user"
            variant="primary"
            busy={create.isPending}
            blocked={role ? undefined : t`The roles are not loaded yet`}
          >
            {t`Create`}
          </Button>
        </>
      }
    >
      <Form id="new-user" error={create.error} onSubmit={send}>
        <div className={css.pair}>
          <FormField name="name" label={t`Full name`}>
            <Input name="name" autoComplete="off" required />
          </FormField>
          <FormField name="email" label={t`E-mail`} hint={t`They sign in with it.`}>
            <Input name="email" type="email" autoComplete="off" required />
          </FormField>
        </div>
        <RoleField roles={roles} value={role} onChange={setRole} />
        <SeatField value={seat} onChange={setSeat} />
        {withPassword && (
          <RadioGroup<With>
            legend={t`First password`}
            name="with"
            value={way}
            options={[
              {
                value: 'link',
                label: t`They choose it by a link in a mail`,
                hint: t`The link also proves that the address is theirs.`,
              },
              {
                value: 'password',
                label: t`Make one for them`,
                hint: t`It is shown to you once, and they change it when they first sign in.`,
              },
            ]}
            onChange={setWay}
          />
        )}
      </Form>
    </Dialog>
  );
}
