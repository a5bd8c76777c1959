import { useLingui } from '@lingui/react/macro';
import { Clock } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MessageView } from '@/api';
import { useMembership } from '@/app/session';
import { useTakeBack } from '@/conversations/hold';
import { Button } from '@/design';
import css from './Messages.module.css';

/** How long a message can still be taken back, which only its author can. The server sends it, whatever happens here. */
export function HeldMessage({ message }: { message: MessageView }) {
  const { t } = useLingui();
  const takeBack = useTakeBack();
  const mine = useMembership().member_id === message.author.id;
  const left = useSecondsUntil(message.send_at);
  return (
    <>
      <span className={css.receipt} role="timer">
        <Clock size={13} aria-hidden="true" />
        {left > 0 ? t`Sending in ${left} s` : t`Sending…`}
      </span>
      {mine && left > 0 && (
        <Button size="s" variant="ghost" onClick={() => void takeBack(message)}>
          {t`Take it back`}
        </Button>
      )}
    </>
  );
}

function useSecondsUntil(moment: string | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return moment ? Math.max(0, Math.ceil((Date.parse(moment) - now) / 1000)) : 0;
}
