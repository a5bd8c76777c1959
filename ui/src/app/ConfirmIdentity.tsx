import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { confirmWith, sessionConfirm } from '@/api';
import { Button, createStore, Dialog, useStore } from '@/design';
import { Form, PasswordField, secretOf } from '@/form';
import { meOptions } from './session';

/** What waits for the person; called with whether they proved who they are. */
const asking = createStore<((confirmed: boolean) => void) | null>(null);

const ask = () =>
  new Promise<boolean>((settle) =>
    asking.set(() => (confirmed: boolean) => {
      asking.set(null);
      settle(confirmed);
    }),
  );

/** Asks for the password when a request needs a fresh proof of who one is; mounted once. */
export function ConfirmIdentity() {
  const settle = useStore(asking);
  useEffect(() => confirmWith(ask), []);
  return settle && <ConfirmDialog settle={settle} />;
}

function ConfirmDialog({ settle }: { settle: (confirmed: boolean) => void }) {
  const { t } = useLingui();
  const email = useQuery({ ...meOptions, enabled: false }).data?.account.email;
  const confirm = useMutation({
    mutationFn: (password: string) => sessionConfirm({ body: { password } }),
    onSuccess: () => settle(true),
  });
  return (
    <Dialog
      open
      size="s"
      onClose={() => settle(false)}
      title={t`Confirm that it is you`}
      description={t`This is too important to rest on an open window alone, so it needs your password again. For the next ten minutes you are not asked once more.`}
      footer={
        <>
          <Button variant="ghost" onClick={() => settle(false)}>{t`Cancel`}</Button>
          <Button type="submit" form="confirm-identity" variant="primary" busy={confirm.isPending}>
            {t`Confirm`}
          </Button>
        </>
      }
    >
      <Form
        id="confirm-identity"
        error={confirm.error}
        messages={{ 'session.bad_credentials': t`This is not your password.` }}
        onSubmit={(values) => confirm.mutate(secretOf(values, 'password'))}
      >
        {/* Password managers look for the account's name beside the password. */}
        <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
        <PasswordField name="password" label={t`Your password`} />
      </Form>
    </Dialog>
  );
}
