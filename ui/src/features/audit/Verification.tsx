import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ShieldCheck } from 'lucide-react';
import type { ChainVerdict } from '@/api';
import { type Blocked, Button, Notice } from '@/design';
import { useProblemText } from '@/i18n/problem';
import { useNumber } from '@/i18n/useNumber';
import type { Verification } from './useVerification';
import css from './Verification.module.css';

interface Props {
  verification: Verification;
}

export function VerifyButton({ verification, blocked }: Props & { blocked: Blocked | undefined }) {
  const { t } = useLingui();
  return (
    <Button
      icon={<ShieldCheck size={15} aria-hidden="true" />}
      busy={verification.isPending}
      blocked={blocked}
      onClick={() => verification.mutate()}
    >
      {t`Verify`}
    </Button>
  );
}

/** Whether every entry is as it was written; it stays until the next look. */
export function VerifyResult({ verification: { isPending, data, error } }: Props) {
  return (
    <div role="status" aria-busy={isPending} className={css.result}>
      {error ? <Failed error={error} /> : data && <Found changes={data.changes} access={data.access} />}
    </div>
  );
}

function Failed({ error }: { error: Error }) {
  const { t } = useLingui();
  const text = useProblemText();
  return (
    <Notice tone="warn" title={t`The log could not be verified`}>
      <p>{text(error)}</p>
    </Notice>
  );
}

function Found({ changes, access }: { changes: ChainVerdict; access: ChainVerdict }) {
  const { t } = useLingui();
  const number = useNumber();
  const broken = [changes, access].find((chain) => !chain.whole);
  const events = number(changes.events + access.events);
  const erased = changes.erased + access.erased;
  if (broken) {
    const at = number(broken.broken_at ?? 0);
    return (
      <Notice tone="danger" title={t`The log was tampered with or damaged`}>
        <p>
          {broken === changes
            ? t`Among the changes, entry ${at} is not what was written: it is ${broken.finding ?? ''}.`
            : t`Among refusals and reads, entry ${at} is not what was written: it is ${broken.finding ?? ''}.`}{' '}
          {t`Tell whoever runs this server to keep a copy of the database for the inquiry.`}
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="ok" title={t`The log is whole`}>
      <p>
        <Trans>All {events} entries are unchanged and in their place.</Trans>{' '}
        {erased > 0 && (
          <Plural
            value={erased}
            one="The text beside # of them was erased, as people may ask for."
            other="The texts beside # of them were erased, as people may ask for."
          />
        )}
      </p>
    </Notice>
  );
}
