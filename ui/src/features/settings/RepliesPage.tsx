import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { FileUp, MessageSquareQuote, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  type CannedResponseView,
  cannedResponseDelete,
  cannedResponsesListOptions,
  cannedResponsesListQueryKey,
} from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useRemoval } from '@/app/useRemoval';
import { useTitle } from '@/app/useTitle';
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  LockNote,
  Page,
  Section,
  Skeleton,
} from '@/design';
import { SearchField } from '@/design/SearchField';
import { useBlocked } from '@/i18n/reason';
import css from './ListPage.module.css';
import { found } from './replies/found';
import { ImportDialog } from './replies/ImportDialog';
import { ReplyDialog } from './replies/ReplyDialog';
import { useScopeText } from './tools/useScopes';

type Act = { kind: 'create' | 'import' } | { kind: 'edit'; reply: CannedResponseView };

export default function RepliesPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const manage = blocked('canned_response.manage');
  useTitle(t`Canned responses`);
  return (
    <Page
      title={t`Canned responses`}
      description={t`Answers that are written once. Type / in an answer and a few letters to find one.`}
      actions={
        <>
          <Button
            icon={<FileUp size={15} aria-hidden="true" />}
            blocked={manage}
            onClick={() => setAct({ kind: 'import' })}
          >
            {t`Import…`}
          </Button>
          <Button
            variant="primary"
            icon={<Plus size={15} aria-hidden="true" />}
            blocked={manage}
            onClick={() => setAct({ kind: 'create' })}
          >
            {t`New response`}
          </Button>
        </>
      }
    >
      {blocked('canned_response.use') ? (
        <LockNote reason={blocked('canned_response.use')} />
      ) : (
        <Replies onAct={setAct} />
      )}
      {act?.kind === 'create' && <ReplyDialog onClose={close} />}
      {act?.kind === 'import' && <ImportDialog onClose={close} />}
      {act?.kind === 'edit' && <ReplyDialog reply={act.reply} onClose={close} />}
    </Page>
  );
}

function Replies({ onAct }: { onAct: (act: Act) => void }) {
  const { t } = useLingui();
  const [words, setWords] = useState('');
  const replies = useQuery(cannedResponsesListOptions({ path: { workspace_id: useWorkspaceId() } }));
  const items = found(replies.data?.items ?? [], words);
  return (
    <>
      <SearchField label={t`Find a canned response`} value={words} onChange={setWords} />
      <Section title={t`Canned responses`} hideTitle flush>
        {replies.isPending ? (
          <Skeleton lines={6} label={t`Loading`} />
        ) : replies.isError ? (
          <ErrorState
            title={t`The canned responses could not be loaded`}
            error={replies.error}
            onRetry={() => void replies.refetch()}
          />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<MessageSquareQuote size={28} aria-hidden="true" />}
            title={words ? t`None matches “${words}”` : t`No canned response yet`}
            action={words && <Button onClick={() => setWords('')}>{t`Clear the search`}</Button>}
          >
            {!words && t`What you answer every day, such as where to find an invoice.`}
          </EmptyState>
        ) : (
          <ul className={css.list}>
            {items.map((reply) => (
              <Row key={reply.id} reply={reply} onAct={onAct} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

function Row({ reply, onAct }: { reply: CannedResponseView; onAct: (act: Act) => void }) {
  const { t } = useLingui();
  const scope = useScopeText();
  const blocked = useBlocked()(reply, 'canned_response.manage');
  const path = { workspace_id: useWorkspaceId() };
  const remove = useRemoval(cannedResponsesListQueryKey({ path }));
  const { title } = reply;
  return (
    <li className={css.row}>
      <span className={css.name}>
        <b>
          {title} <span className={css.quiet}>/{reply.shortcut}</span>
        </b>
        <small>{reply.text}</small>
      </span>
      <Badge>{scope(reply)}</Badge>
      <span className={css.quiet}>
        <Plural value={reply.usage_count} _0="never used" one="used once" other="used # times" />
      </span>
      <span className={css.end}>
        <IconButton
          size="s"
          label={t`Edit ${title}`}
          blocked={blocked}
          onClick={() => onAct({ kind: 'edit', reply })}
        >
          <Pencil size={14} aria-hidden="true" />
        </IconButton>
        <IconButton
          size="s"
          label={t`Delete ${title}`}
          blocked={blocked}
          onClick={() =>
            void remove(title, () =>
              cannedResponseDelete({ path: { ...path, canned_response_id: reply.id } }),
            )
          }
        >
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </span>
    </li>
  );
}
