import { useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiKeyCreated } from '@/api';
import { useBlockedHere } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, LockNote, Page } from '@/design';
import { CreateKeyDialog } from './CreateKeyDialog';
import { KeyList } from './KeyList';
import { KeyShownOnce } from './KeyShownOnce';

export default function ApiKeysPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere()('api_key.manage');
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<ApiKeyCreated>();
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      blocked={blocked}
      onClick={() => setCreating(true)}
    >
      {t`New key`}
    </Button>
  );
  useTitle(t`API keys`);
  return (
    <Page
      wide
      title={t`API keys`}
      description={t`With a key a program does here what you let it do, and never more than you may yourself.`}
      actions={create}
    >
      {blocked ? (
        <LockNote reason={blocked} />
      ) : (
        <>
          <KeyList status="active" create={create} />
          <KeyList status="ended" />
        </>
      )}
      {creating && (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onMade={(key) => {
            setCreating(false);
            setMade(key);
          }}
        />
      )}
      {made && <KeyShownOnce made={made} onClose={() => setMade(undefined)} />}
    </Page>
  );
}
