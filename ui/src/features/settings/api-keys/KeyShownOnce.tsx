import { useLingui } from '@lingui/react/macro';
import type { ApiKeyCreated } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, CodeBlock, Dialog, Notice } from '@/design';
import css from './KeyShownOnce.module.css';

/** A key that was just made, and how a program uses it. */
export function KeyShownOnce({ made, onClose }: { made: ApiKeyCreated; onClose: () => void }) {
  const { t } = useLingui();
  const address = `${location.origin}/api/v1/workspaces/${useWorkspaceId()}${firstDoor(made.scopes)}`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={made.name}
      description={
        made.key && t`This is the only time the key is shown. Keep it where your program keeps its secrets.`
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          {made.key ? t`I have copied it` : t`Close`}
        </Button>
      }
    >
      {made.key ? (
        <>
          <CodeBlock label={t`The key`} code={made.key} />
          <section className={css.example}>
            <h3 className={css.title}>{t`Try it in a terminal`}</h3>
            <CodeBlock
              label={t`Request with this key`}
              code={`curl -H "Authorization: Bearer ${made.key}" \\\n  ${address}`}
            />
          </section>
        </>
      ) : (
        <Notice tone="warn" title={t`The key could not be shown`}>
          {t`It was made, but the answer got lost on its way, and a key is shown only once. Revoke this one and make another.`}
        </Notice>
      )}
    </Dialog>
  );
}

/** Something that a key with these rights can ask for. */
function firstDoor(scopes: string[]): string {
  const doors: Record<string, string> = {
    'conversation.view': '/conversations',
    'customer.view': '/customers',
    'channel.view': '/channels',
    'member.view': '/members',
    'workspace.view_settings': '',
  };
  const open = Object.keys(doors).find((scope) => scopes.includes(scope));
  return open === undefined ? '/…' : doors[open]!;
}
