import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Inbox, KeyRound, MonitorX } from 'lucide-react';
import type { ExitReceiptView } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import css from './Receipt.module.css';

/** What an exit moved and ended, and where it is now (OWN-10). */
export function Receipt({ receipt }: { receipt: ExitReceiptView }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const { conversations_count, sessions_cut, api_keys_ended } = receipt;
  return (
    <ul className={css.facts}>
      <li>
        <Inbox size={16} aria-hidden="true" />
        <span>
          <Plural
            value={conversations_count}
            _0="No conversation was in their hands"
            one="# conversation went back to its queue"
            other="# conversations went back to their queues"
          />
          {conversations_count > 0 && (
            <>
              {' · '}
              <Link to={paths.inbox(workspace, 'unassigned')}>{t`See the unassigned`}</Link>
            </>
          )}
        </span>
      </li>
      <li>
        <MonitorX size={16} aria-hidden="true" />
        <span>
          <Plural
            value={sessions_cut}
            _0="They had no session open"
            one="# open session lost its access here"
            other="# open sessions lost their access here"
          />
        </span>
      </li>
      <li>
        <KeyRound size={16} aria-hidden="true" />
        <span>
          <Plural
            value={api_keys_ended}
            _0="They had no API key"
            one="# API key stopped working"
            other="# API keys stopped working"
          />
        </span>
      </li>
      <li className={css.stays}>
        <Trans>What they wrote stays, under their name.</Trans>
      </li>
    </ul>
  );
}
