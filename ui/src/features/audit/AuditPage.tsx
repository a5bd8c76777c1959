import { useLingui } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { useBlockedHere } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { LockNote, Page } from '@/design';
import css from './AuditPage.module.css';
import { ExportMenu } from './ExportMenu';
import { Filters } from './Filters';
import { Timeline } from './Timeline';
import { useVerification } from './useVerification';
import { VerifyButton, VerifyResult } from './Verification';

/** What was changed, refused and looked at in the workspace. */
export default function AuditPage() {
  const { t } = useLingui();
  const search = useSearch({ from: '/w/$workspace/settings/audit' });
  const blocked = useBlockedHere()('audit.view');
  const verification = useVerification();
  useTitle(t`Audit log`);
  return (
    <Page
      title={t`Audit log`}
      description={t`Who changed what, what was refused to whom, and who took data away. Nobody can change it, and it is kept for as long as the workspace.`}
      actions={
        <div className={css.actions}>
          <VerifyButton verification={verification} blocked={blocked} />
          <ExportMenu search={search} blocked={blocked} />
        </div>
      }
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : (
        <>
          <div>
            <VerifyResult verification={verification} />
            <Filters search={search} />
          </div>
          <Timeline search={search} />
        </>
      )}
    </Page>
  );
}
