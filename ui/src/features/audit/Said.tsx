import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AuditEventView } from '@/api';
import { paths } from '@/app/paths';
import { useWorkspaceId } from '@/app/session';
import { usePermissionTexts } from '@/features/rights/permissionTexts';
import { type Sentence, sentences } from './sentences';
import { useWords } from './words';

/** What happened, as a sentence. */
export function Said({ event }: { event: AuditEventView }) {
  const words = useWords();
  const permissions = usePermissionTexts();
  const say = sentences[event.kind] ?? otherwise;
  return say({
    who: <Who event={event} />,
    what: <What event={event} />,
    event,
    called: (field) => words.value(event.detail[field], event.names),
    permission: permissions.label(event.permission),
  });
}

/** A kind of event that this build does not know yet: its own name says it. */
const otherwise: Sentence = ({ who, what, event }) => {
  const kind = event.kind.replaceAll(/[._]/g, ' ');
  return (
    <Trans>
      {who}: {kind} ({what})
    </Trans>
  );
};

function Who({ event: { actor } }: { event: AuditEventView }) {
  const { t } = useLingui();
  const strangers: Record<string, string> = {
    visitor: t`A visitor`,
    channel: t`The website`,
    duty: 'Guildhall',
    account: t`Somebody who is no member`,
    operator: t`The operator`,
  };
  if (!actor.name || actor.kind === 'channel') return <b>{strangers[actor.kind] ?? t`Somebody`}</b>;
  return (
    <>
      <b>{actor.name}</b>
      {actor.former && <> {t`(former member)`}</>}
      {actor.kind === 'operator' && <> {t`(operator)`}</>}
    </>
  );
}

/** What it was about, and the way to it where there is a page for it. */
function What({ event: { subject } }: { event: AuditEventView }) {
  const words = useWords();
  const workspace = useWorkspaceId();
  const pages: Record<string, (id: string) => string> = {
    conversation: (id) => paths.conversation(workspace, 'all', id),
    customer: (id) => paths.customer(workspace, id),
    channel: (id) => paths.channel(workspace, id),
  };
  if (!subject.label) return <>{words.noun(subject.kind)}</>;
  const label: ReactNode = <b>{subject.label}</b>;
  const page = pages[subject.kind];
  return page ? <Link to={page(subject.id)}>{label}</Link> : label;
}
