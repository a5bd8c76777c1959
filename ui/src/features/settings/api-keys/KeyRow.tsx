import { Plural, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Bot, UserRound } from 'lucide-react';
import { useState } from 'react';
import { type ApiKeyView, apiKeyDelete, apiKeysListQueryKey } from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { Badge, Button, ConfirmDialog, toast } from '@/design';
import { usePermissionTexts } from '@/features/rights/permissionTexts';
import { useNow, useTimes } from '@/i18n/time';
import css from './KeyList.module.css';
import { type KeyStatus, statusOf } from './status';

export function KeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useLingui();
  const times = useTimes();
  const status = statusOf(apiKey, useNow());
  const Kind = apiKey.kind === 'personal' ? UserRound : Bot;
  return (
    <tr>
      <th scope="row">
        <b className={css.name}>{apiKey.name}</b>
        <small className={css.kind}>
          <Kind size={13} aria-hidden="true" />
          {apiKey.kind === 'personal' ? t`Personal` : t`Workspace`}
          <code className={css.prefix}>{apiKey.prefix}…</code>
        </small>
      </th>
      <td data-label={t`May`}>
        <Scopes apiKey={apiKey} />
      </td>
      <td data-label={t`Made by`}>
        {apiKey.creator.name} {apiKey.creator.former && <Badge>{t`Former member`}</Badge>}
        <small>{times.date(apiKey.created_at)}</small>
      </td>
      <td data-label={t`Last used`}>
        {apiKey.last_used_at ? (
          <time dateTime={apiKey.last_used_at} title={times.full(apiKey.last_used_at)}>
            {times.ago(apiKey.last_used_at)}
          </time>
        ) : (
          t`Never`
        )}
      </td>
      <td data-label={t`Status`}>
        <Status status={status} expires={apiKey.expires_at} />
      </td>
      <td className={css.actions}>{!apiKey.ended_at && <Revoke apiKey={apiKey} />}</td>
    </tr>
  );
}

/** What the key may do, behind how much that is. */
function Scopes({ apiKey }: { apiKey: ApiKeyView }) {
  const { label } = usePermissionTexts();
  return (
    <details className={css.scopes}>
      <summary>
        <Plural value={apiKey.scopes.length} one="# permission" other="# permissions" />
      </summary>
      <ul>
        {apiKey.scopes.map((scope) => (
          <li key={scope} title={scope}>
            {label(scope)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Status({ status, expires }: { status: KeyStatus; expires: string }) {
  const { t } = useLingui();
  const times = useTimes();
  switch (status.is) {
    case 'active':
      return (
        <>
          <Badge tone="ok">{t`Active`}</Badge>
          <small>{t`until ${times.date(expires)}`}</small>
        </>
      );
    case 'expiring':
      return (
        <>
          <Badge tone="warn">
            <Plural value={status.days} one="Ends within a day" other="Ends in # days" />
          </Badge>
          <small>{t`on ${times.date(expires)}`}</small>
        </>
      );
    case 'revoked':
      return (
        <>
          <Badge tone="danger">{t`Revoked`}</Badge>
          <small>{times.date(status.at)}</small>
        </>
      );
    case 'expired':
      return (
        <>
          <Badge>{t`Expired`}</Badge>
          <small>{times.date(status.at)}</small>
        </>
      );
    case 'exit':
      return (
        <>
          <Badge>{t`Ended with its maker`}</Badge>
          <small>{times.date(status.at)}</small>
        </>
      );
  }
}

function Revoke({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useLingui();
  const failed = useFailure();
  const [asking, setAsking] = useState(false);
  const path = { workspace_id: useWorkspaceId(), api_key_id: apiKey.id };
  const revoke = useMutation({
    mutationFn: () => apiKeyDelete({ path }),
    onSuccess: () => toast({ title: t`“${apiKey.name}” is revoked` }),
    onError: (error) => failed(t`The key was not revoked`, error),
    onSettled: () => {
      setAsking(false);
      return queryClient.invalidateQueries({ queryKey: apiKeysListQueryKey({ path }) });
    },
  });
  return (
    <>
      <Button size="s" aria-label={t`Revoke ${apiKey.name}`} onClick={() => setAsking(true)}>
        {t`Revoke`}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Revoke “${apiKey.name}”?`}
        description={t`Whatever uses this key is cut off at once, and the key never works again. What it did stays in the audit log.`}
        confirm={t`Revoke`}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      />
    </>
  );
}
