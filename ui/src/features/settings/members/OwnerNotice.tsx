import { useLingui } from '@lingui/react/macro';
import { Notice } from '@/design';

/** What it means to invite somebody as owner (INV-03). */
export function OwnerNotice() {
  const { t } = useLingui();
  return (
    <Notice tone="warn" title={t`Whoever accepts owns this workspace`}>
      <p>
        {t`A workspace has exactly one owner. When the invitation is accepted, they take your place, with the bills and the right to delete everything, and you keep the highest role below. Until then nothing changes, and you can withdraw it.`}
      </p>
    </Notice>
  );
}
