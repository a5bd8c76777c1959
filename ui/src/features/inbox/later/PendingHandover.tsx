import { useLingui } from '@lingui/react/macro';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import {
  type HandedOverView,
  handoverAccept,
  handoverDelete,
  handoverRefuse,
  type PendingHandoverView,
} from '@/api';
import { useFailure } from '@/app/useFailure';
import { dropConversation, receiveConversation } from '@/conversations/cache';
import { useMembers } from '@/conversations/members';
import { useTeams } from '@/conversations/teams';
import { Button } from '@/design';
import { useTimes } from '@/i18n/time';
import { useOpened } from '../opened';
import { DeclineDialog } from './DeclineDialog';
import css from './PendingHandover.module.css';

/** A hand-over that waits for its answer: the receiver gives it here, the giver can take it back. */
export function PendingHandover({ handover }: { handover: PendingHandoverView }) {
  const { t } = useLingui();
  const {
    scope,
    conversation: { id: opened },
  } = useOpened();
  const failed = useFailure();
  const times = useTimes();
  const [busy, setBusy] = useState(false);
  const [declining, setDeclining] = useState(false);
  const { receives, name } = useReceiver(handover);
  const gave = handover.by.id === scope.member;
  const path = { workspace_id: scope.workspace, handover_id: handover.id };

  async function answer(request: () => Promise<{ data: HandedOverView }>) {
    setBusy(true);
    try {
      const { conversation } = (await request()).data;
      if (conversation) receiveConversation(scope, conversation);
      // Whoever sends it back may be nobody who sees it.
      else dropConversation(scope, opened);
    } catch (error) {
      failed(t`Not changed`, error);
    } finally {
      setBusy(false);
    }
  }

  const until = times.until(handover.expires_at);
  return (
    <section className={css.banner} aria-label={t`Hand-over`}>
      <Handshake size={17} aria-hidden="true" />
      <p className={css.text}>
        <b>{receives ? t`${handover.by.name} hands this over to ${name}` : t`Waits for ${name} to accept`}</b>
        <span>{t`The note is below. Without an answer it goes to the queue ${until}.`}</span>
      </p>
      {receives && (
        <>
          <Button busy={busy} onClick={() => setDeclining(true)}>
            {t`Decline`}
          </Button>
          <Button variant="primary" busy={busy} onClick={() => void answer(() => handoverAccept({ path }))}>
            {t`Accept`}
          </Button>
        </>
      )}
      {gave && !receives && (
        <Button busy={busy} onClick={() => void answer(() => handoverDelete({ path }))}>
          {t`Take it back`}
        </Button>
      )}
      {declining && (
        <DeclineDialog
          giver={handover.by.name}
          onClose={() => setDeclining(false)}
          onDecline={(reason) => void answer(() => handoverRefuse({ path, body: reason ? { reason } : {} }))}
        />
      )}
    </section>
  );
}

/** Who is to go on, and whether the answer is the caller's: it was handed to them, or to a team of theirs. */
function useReceiver({ to }: PendingHandoverView) {
  const { scope } = useOpened();
  const team = useTeams().find(({ id }) => id === to.team_id);
  const member = useMembers().find(({ id }) => id === to.member_id);
  const inTeam = team?.members.some((each) => each.member.id === scope.member) ?? false;
  return { receives: to.member_id === scope.member || inTeam, name: (member ?? team)?.name ?? '' };
}
