import { Trans, useLingui } from '@lingui/react/macro';
import type { MemberCreated } from '@/api';
import { Button, CodeBlock, Dialog } from '@/design';

/** The generated password of a new member, shown this once. */
export function InitialPassword({ created, onClose }: { created: MemberCreated; onClose: () => void }) {
  const { t } = useLingui();
  const { name, email } = created.member;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`${name} is a member now`}
      description={t`Hand them this password in person or by phone. It is shown this once and kept nowhere.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t({ message: 'Done', context: 'closes a dialog' })}
        </Button>
      }
    >
      <CodeBlock label={t`First password`} code={created.initial_password ?? ''} />
      <p>
        <Trans>
          They sign in as <b>{email}</b> and choose a password of their own before anything else.
        </Trans>
      </p>
    </Dialog>
  );
}
