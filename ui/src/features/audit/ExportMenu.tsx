import { useLingui } from '@lingui/react/macro';
import { ChevronDown, Download } from 'lucide-react';
import { client } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { type Blocked, Button, Menu, MenuItem } from '@/design';
import { type AuditSearch, auditQuery } from './filter';

/** Hands out what is shown as a file. The browser takes it straight to disk, however long it is. */
export function ExportMenu({ search, blocked }: { search: AuditSearch; blocked: Blocked | undefined }) {
  const { t } = useLingui();
  const workspace_id = useWorkspaceId();
  const save = (format: 'csv' | 'ndjson') => {
    const url = '/api/v1/workspaces/{workspace_id}/audit-events/export';
    const link = document.createElement('a');
    link.href = client.buildUrl({ url, path: { workspace_id }, query: { ...auditQuery(search), format } });
    link.download = '';
    link.click();
  };
  const button = (
    <Button icon={<Download size={15} aria-hidden="true" />} blocked={blocked}>
      {t`Export`}
      <ChevronDown size={14} aria-hidden="true" />
    </Button>
  );
  if (blocked) return button;
  return (
    <Menu align="end" trigger={button}>
      <MenuItem onSelect={() => save('csv')} detail="CSV">
        {t`For a spreadsheet`}
      </MenuItem>
      <MenuItem onSelect={() => save('ndjson')} detail="NDJSON">
        {t`For a program`}
      </MenuItem>
    </Menu>
  );
}
