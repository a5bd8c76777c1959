import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CannedResponseView } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useBlockedHere } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { noteInserted, renderedOptions, useCannedResponses, variablesIn } from '@/conversations/canned';
import { Spinner } from '@/design';
import { fold } from '@/features/search/marked';
import { useOpened } from '../opened';
import type { PopupProps } from '../WritingBox';
import { Suggestions } from './Suggestions';
import css from './Suggestions.module.css';

const MOST = 12;

/** Ready answers whose shortcut or words begin like what was typed; the chosen one is filled in for this customer. */
export function CannedPopup({ trigger, field, onInsert, onClose }: PopupProps) {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const failed = useFailure();
  const responses = useCannedResponses();
  const blocked = useBlockedHere()('canned_response.use');
  const found = search(responses ?? [], trigger.query).slice(0, MOST);

  async function choose(canned: CannedResponseView) {
    try {
      const text = await queryClient.fetchQuery(renderedOptions(scope, conversation.id, canned));
      onInsert(text);
      noteInserted(conversation.id, canned.id);
      selectFirstVariable(text);
    } catch (error) {
      failed(t`Not inserted: ${canned.title}`, error);
    }
  }

  /** What is left to fill in is marked, so that the next letters take its place. */
  function selectFirstVariable(text: string) {
    const [first] = variablesIn(text);
    if (!first) return;
    const at = trigger.from;
    field.current?.setSelectionRange(at + first.from, at + first.to);
  }

  let empty: ReactNode = t`No ready answer fits. Settings, Replies is where they are made.`;
  if (blocked) empty = blocked.reason;
  else if (!responses) empty = <Spinner />;
  // A slash may be just a slash.
  else if (trigger.query !== '') empty = undefined;
  return (
    <Suggestions
      title={t`Ready answers`}
      field={field}
      onClose={onClose}
      empty={empty}
      options={found.map((canned) => ({
        id: canned.id,
        choose: () => void choose(canned),
        content: (
          <div className={css.answer}>
            <b>{canned.title}</b>
            <code>/{canned.shortcut}</code>
            <Words canned={canned} />
          </div>
        ),
      }))}
    />
  );
}

/** How the answer reads for this customer; as it was written until that is known. */
function Words({ canned }: { canned: CannedResponseView }) {
  const { scope, conversation } = useOpened();
  const { data } = useQuery(renderedOptions(scope, conversation.id, canned));
  return <span className={css.words}>{data ?? canned.text}</span>;
}

/** Those whose shortcut begins with the query come first, then those with a word that does. */
export function search(list: CannedResponseView[], query: string): CannedResponseView[] {
  const wanted = fold(query);
  const rank = ({ shortcut, title, text }: CannedResponseView) => {
    if (fold(shortcut).startsWith(wanted)) return 0;
    const words = fold(`${title} ${text}`).split(/[^\p{L}\p{N}]+/u);
    return words.some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return list
    .filter((canned) => rank(canned) < 2)
    .toSorted((a, b) => rank(a) - rank(b) || b.usage_count - a.usage_count);
}
