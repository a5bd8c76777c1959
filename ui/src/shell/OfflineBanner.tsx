import { useLingui } from '@lingui/react/macro';
import { CloudOff } from 'lucide-react';
import { useStore } from '@/design';
import { connection } from '@/realtime';
import css from './OfflineBanner.module.css';

export function OfflineBanner() {
  const { t } = useLingui();
  const offline = useStore(connection) === 'offline';
  return (
    <div role="status" className={css.region}>
      {offline && (
        <p className={css.banner}>
          <CloudOff size={15} aria-hidden="true" />
          {t`No connection. You can keep reading and writing; drafts stay on this device.`}
        </p>
      )}
    </div>
  );
}
