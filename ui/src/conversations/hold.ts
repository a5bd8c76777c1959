import { useLingui } from '@lingui/react/macro';
import { asProblem, holdDelete, type MessageView } from '@/api';
import { useFailure } from '@/app/useFailure';
import { putBack } from './putBack';
import { useScope } from './scope';
import { receiveMessage } from './thread';

/** Takes a held message back: its text and files are in the composer again, before what was typed since. */
export function useTakeBack() {
  const { t } = useLingui();
  const scope = useScope();
  const failed = useFailure();
  return async ({ conversation_id, seq }: MessageView) => {
    try {
      const path = { workspace_id: scope.workspace, conversation_id, seq };
      const { data } = await holdDelete({ path });
      // The answer tells it as it was.
      receiveMessage(scope, { ...data, state: 'withdrawn' });
      putBack(scope, conversation_id, data);
    } catch (error) {
      const late = asProblem(error)?.status === 409;
      failed(late ? t`It is on its way already` : t`Not taken back`, error);
    }
  };
}
