import { useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { useOutbox } from '@/conversations/outbox';
import { WhyButton } from '@/design';
import { useBlocked } from '@/i18n/reason';
import css from './Composer.module.css';
import { useOpened } from './opened';
import { PresenceLine } from './PresenceLine';
import { ReplyBox } from './ReplyBox';
import { StaleSheet } from './StaleSheet';

export function Composer() {
  const { t } = useLingui();
  const { scope, conversation } = useOpened();
  const blocked = useBlocked()(conversation, 'conversation.reply');
  const stale = useOutbox(scope, conversation.id).find((item) => item.state === 'stale');
  return (
    <div className={css.composer}>
      <PresenceLine />
      {stale && <StaleSheet item={stale} />}
      {blocked ? (
        <p className={css.locked}>
          <Lock size={15} aria-hidden="true" />
          <span>
            {t`You can read this conversation, not answer it.`} {blocked.reason}
          </span>
          <WhyButton blocked={blocked} />
        </p>
      ) : (
        <ReplyBox />
      )}
    </div>
  );
}
