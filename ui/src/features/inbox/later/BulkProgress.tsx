import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { type BulkActionReport, type BulkFailureView, bulkActionShow, undoCreate } from '@/api';
import { readAgain } from '@/app/queryClient';
import { useFailure } from '@/app/useFailure';
import { findConversation } from '@/conversations/cache';
import { listsKey } from '@/conversations/list';
import type { Scope } from '@/conversations/scope';
import { offerUndo } from '@/conversations/undo';
import { Button, Dialog, toast, useStore } from '@/design';
import { useRefusalText } from '@/i18n/problem';
import { running } from '../bulk';
import css from './BulkProgress.module.css';

const LOOK_MS = 400;

/** How far the bulk actions are that were started here, and what came of them. */
export function BulkProgress({ scope }: { scope: Scope }) {
  const [failures, setFailures] = useState<BulkFailureView[]>([]);
  return (
    <>
      {useStore(running).map((each) => (
        <Running key={each.id} scope={scope} {...each} onFailures={setFailures} />
      ))}
      {failures.length > 0 && <Failures scope={scope} failures={failures} onClose={() => setFailures([])} />}
    </>
  );
}

interface RunningProps {
  scope: Scope;
  id: string;
  done: string;
  undo: string | null;
  onFailures: (failures: BulkFailureView[]) => void;
}

function Running({ scope, id, done, undo, onFailures }: RunningProps) {
  const { t } = useLingui();
  const failed = useFailure();
  const { data } = useQuery({
    queryKey: ['bulk-action', scope.workspace, id],
    queryFn: async ({ signal }) =>
      (await bulkActionShow({ path: { workspace_id: scope.workspace, bulk_action_id: id }, signal })).data,
    refetchInterval: LOOK_MS,
  });

  const finish = useEffectEvent((result: BulkActionReport) => {
    running.set((list) => list.filter((each) => each.id !== id));
    // The stream tells of each; a list that missed some is read again.
    readAgain({ queryKey: listsKey(scope) });
    const text = t`${done}: ${result.done}`;
    if (result.done > 0 && undo) {
      offerUndo(text, t`Undo`, () => void takeBack(undo));
    } else if (result.done > 0) toast({ title: text });
    if (result.failed > 0) {
      toast({
        title: t`Not changed: ${result.failed}`,
        tone: 'danger',
        action: { label: t`Show them`, run: () => onFailures(result.failures) },
      });
    }
  });
  useEffect(() => {
    if (data?.finished_at) finish(data);
  }, [data]);

  /** Taking back many is work of its own, shown like what it takes back. */
  async function takeBack(undo_id: string) {
    try {
      const { data } = await undoCreate({ path: { workspace_id: scope.workspace, undo_id } });
      const { bulk_action_id } = data;
      if (bulk_action_id)
        running.set((list) => [...list, { id: bulk_action_id, done: t`Taken back`, undo: null }]);
    } catch (error) {
      failed(t`Not undone`, error);
    }
  }

  const past = data ? data.done + data.failed : 0;
  return (
    <div className={css.running} data-over-list role="status">
      <progress value={past} max={Math.max(1, data?.total ?? past)} aria-label={done} />
      <span>
        {done}: {past}
        {data?.total && <> / {data.total}</>}
      </span>
    </div>
  );
}

interface FailuresProps {
  scope: Scope;
  failures: BulkFailureView[];
  onClose: () => void;
}

function Failures({ scope, failures, onClose }: FailuresProps) {
  const { t } = useLingui();
  const text = useRefusalText();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`What was not changed`}
      footer={<Button onClick={onClose}>{t`Close`}</Button>}
    >
      <p>
        <Plural
          value={failures.length}
          one="# conversation stayed as it was:"
          other="# conversations stayed as they were:"
        />
      </p>
      <ul className={css.failures}>
        {failures.map((each) => (
          <li key={each.conversation_id}>
            <b>{findConversation(scope, each.conversation_id)?.customer.display_name}</b> {text(each)}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
