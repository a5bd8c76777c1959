import { useLingui } from '@lingui/react/macro';
import { Link, useNavigate } from '@tanstack/react-router';
import { type MergeView, mergeDelete } from '@/api';
import { paths } from '@/app/paths';
import { useFailure } from '@/app/useFailure';
import { Button, toast } from '@/design';
import { useBlocked } from '@/i18n/reason';
import { useTimes } from '@/i18n/time';
import { useOpened } from '../opened';
import css from './MergeLine.module.css';

/** That two conversations became one, or one two: the other one, and the way back. */
export function MergeLine({ merge }: { merge: MergeView }) {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const times = useTimes();
  const failed = useFailure();
  const navigate = useNavigate();
  const blocked = useBlocked()(conversation, 'conversation.assign');
  const { name } = merge.merged_by;
  const split = merge.kind === 'split';
  const goesOn = merge.target_id === conversation.id;
  const other = goesOn ? merge.source_id : merge.target_id;
  const said = split
    ? goesOn
      ? t`${name} split this conversation here`
      : t`${name} split this conversation: it goes on in another one`
    : goesOn
      ? t`${name} merged another conversation into this one`
      : t`${name} merged this conversation into another one`;

  async function takeBack() {
    try {
      await mergeDelete({ path: { workspace_id: scope.workspace, merge_id: merge.id } });
      toast({ title: split ? t`Joined again` : t`Taken apart` });
      // What was split off is no more.
      if (split && !goesOn) void navigate({ to: paths.conversation(scope.workspace, 'all', other) });
    } catch (error) {
      failed(split ? t`Not joined` : t`Not taken apart`, error);
    }
  }

  return (
    <div className={css.line}>
      <p>
        {said} <time dateTime={merge.merged_at}>{times.date(merge.merged_at)}</time>
      </p>
      <div className={css.actions}>
        <Link to={paths.conversation(scope.workspace, 'all', other)}>
          {split && goesOn ? t`What came before` : t`The other conversation`}
        </Link>
        <Button size="s" variant="ghost" blocked={blocked} onClick={() => void takeBack()}>
          {split ? t`Join again` : t`Take apart`}
        </Button>
      </div>
    </div>
  );
}
