import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Merge, Pencil, Plus, Tag, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type LabelView, labelDelete, labelsListOptions, labelsListQueryKey } from '@/api';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { useRemoval } from '@/app/useRemoval';
import { useTitle } from '@/app/useTitle';
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  LabelChip,
  LockNote,
  Page,
  Section,
  Skeleton,
} from '@/design';
import { useBlocked } from '@/i18n/reason';
import css from './ListPage.module.css';
import { LabelDialog } from './labels/LabelDialog';
import { MergeLabel } from './labels/MergeLabel';

type Act = { kind: 'create' } | { kind: 'edit' | 'merge'; label: LabelView };

export default function LabelsPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      blocked={blocked('label.manage')}
      onClick={() => setAct({ kind: 'create' })}
    >
      {t`New label`}
    </Button>
  );
  useTitle(t`Labels`);
  return (
    <Page
      title={t`Labels`}
      description={t`What conversations and customers are marked with. A changed name or colour changes everywhere.`}
      actions={create}
    >
      {blocked('conversation.view') ? (
        <LockNote reason={blocked('conversation.view')} />
      ) : (
        <Labels create={create} onAct={setAct} />
      )}
      {act?.kind === 'create' && <LabelDialog onClose={close} />}
      {act?.kind === 'edit' && <LabelDialog label={act.label} onClose={close} />}
      {act?.kind === 'merge' && <MergeLabel label={act.label} onClose={close} />}
    </Page>
  );
}

function Labels({ create, onAct }: { create: ReactNode; onAct: (act: Act) => void }) {
  const { t } = useLingui();
  const labels = useQuery(labelsListOptions({ path: { workspace_id: useWorkspaceId() } }));
  const items = labels.data?.items.filter(({ archived }) => !archived) ?? [];
  const groups = [
    { title: t`The team’s`, items: items.filter(({ kind }) => kind !== 'member') },
    { title: t`People’s`, items: items.filter(({ kind }) => kind === 'member') },
  ];
  if (labels.isPending) return <Skeleton lines={6} label={t`Loading`} />;
  if (labels.isError) {
    return (
      <ErrorState
        title={t`The labels could not be loaded`}
        error={labels.error}
        onRetry={() => void labels.refetch()}
      />
    );
  }
  return groups.map(({ title, items }, at) => (
    <Section
      key={title}
      title={title}
      description={at === 1 && t`Each member is a label by their name. It comes and goes with them.`}
      flush
    >
      {items.length === 0 ? (
        <EmptyState icon={<Tag size={28} aria-hidden="true" />} title={t`No label yet`} action={create}>
          {t`Such as “Billing” or “VIP”: to find, to route and to count what belongs together.`}
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {items.map((label) => (
            <Row key={label.id} label={label} onAct={onAct} />
          ))}
        </ul>
      )}
    </Section>
  ));
}

function Row({ label, onAct }: { label: LabelView; onAct: (act: Act) => void }) {
  const { t } = useLingui();
  const blocked = useBlocked()(label, 'label.manage');
  const path = { workspace_id: useWorkspaceId() };
  const remove = useRemoval(labelsListQueryKey({ path }));
  const { name } = label;
  return (
    <li className={css.row}>
      <span className={css.name}>
        <LabelChip label={label} />
        {label.purpose && <small>{label.purpose}</small>}
      </span>
      {label.kind === 'system' && <Badge>{t`Comes with the workspace`}</Badge>}
      {label.kind !== 'member' && (
        <span className={css.end}>
          <IconButton
            size="s"
            label={t`Edit ${name}`}
            blocked={blocked}
            onClick={() => onAct({ kind: 'edit', label })}
          >
            <Pencil size={14} aria-hidden="true" />
          </IconButton>
          <IconButton
            size="s"
            label={t`Merge ${name} into another label`}
            blocked={blocked}
            onClick={() => onAct({ kind: 'merge', label })}
          >
            <Merge size={14} aria-hidden="true" />
          </IconButton>
          <IconButton
            size="s"
            label={t`Delete ${name}`}
            blocked={blocked}
            onClick={() => void remove(name, () => labelDelete({ path: { ...path, label_id: label.id } }))}
          >
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        </span>
      )}
    </li>
  );
}
