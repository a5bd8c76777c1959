import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { type ShiftView, shiftsListOptions } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useTitle } from '@/app/useTitle';
import { Button, EmptyState, ErrorState, LockNote, Page, Section, Skeleton } from '@/design';
import { ShiftDialog } from './shifts/ShiftDialog';
import { ShiftWeek } from './shifts/ShiftWeek';

/** What the dialog is open for: a shift, or a new one of somebody on a day. */
export type Editing = ShiftView | { member?: string; day?: number };

export default function ShiftsPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const [editing, setEditing] = useState<Editing | null>(null);
  const shifts = useQuery({
    ...shiftsListOptions({ path: { workspace_id: useWorkspaceId() } }),
    enabled: !blocked('team.view'),
  });
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      blocked={blocked('team.manage')}
      onClick={() => setEditing({})}
    >
      {t`New shift`}
    </Button>
  );
  useTitle(t`Shifts`);
  return (
    <Page
      wide
      title={t`Shifts`}
      description={t`Who works when, by the time zone of the business hours. Who has shifts gets new conversations within them only.`}
      actions={create}
    >
      {blocked('team.view') ? (
        <LockNote reason={blocked('team.view')} />
      ) : (
        <Section title={t`The week`} hideTitle flush>
          {shifts.isPending ? (
            <Skeleton lines={6} label={t`Loading`} />
          ) : shifts.isError ? (
            <ErrorState
              title={t`The shifts could not be loaded`}
              error={shifts.error}
              onRetry={() => void shifts.refetch()}
            />
          ) : shifts.data.items.length === 0 ? (
            <EmptyState
              icon={<CalendarClock size={28} aria-hidden="true" />}
              title={t`No shift yet`}
              action={create}
            >
              {t`Without shifts everybody works whenever they are available.`}
            </EmptyState>
          ) : (
            <ShiftWeek shifts={shifts.data.items} onEdit={setEditing} />
          )}
        </Section>
      )}
      {editing && <ShiftDialog editing={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
