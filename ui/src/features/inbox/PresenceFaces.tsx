import { useLingui } from '@lingui/react/macro';
import { useLightSeats } from '@/conversations/members';
import { Avatar, Tooltip } from '@/design';
import { usePresence } from '@/realtime';
import css from './ThreadHeader.module.css';

const MOST = 3;

/** The colleagues who have this conversation open; a ring marks who writes. */
export function PresenceFaces({ conversation }: { conversation: string }) {
  const { t } = useLingui();
  const members = usePresence(conversation);
  const light = useLightSeats();
  if (members.length === 0) return null;
  return (
    <div className={css.faces}>
      {members.slice(0, MOST).map((member) => {
        const text =
          member.state === 'replying' ? t`${member.name} is replying` : t`${member.name} is viewing`;
        return (
          <Tooltip key={member.id} text={text}>
            <span className={css.face} role="img" aria-label={text}>
              <Avatar name={member.name} writing={member.state === 'replying'} light={light.has(member.id)} />
            </span>
          </Tooltip>
        );
      })}
    </div>
  );
}
