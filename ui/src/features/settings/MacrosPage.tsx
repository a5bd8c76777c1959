import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Trash2, Zap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type MacroView, macroDelete, macrosListOptions, macrosListQueryKey } from '@/api';
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
import { useBlocked } from '@/i18n/reason';
import css from './ListPage.module.css';
import { MacroDialog } from './macros/MacroDialog';
import { useStepText } from './macros/useStepText';
import { useScopeText } from './tools/useScopes';

type Act = { kind: 'create' } | { kind: 'edit'; macro: MacroView };

export default function MacrosPage() {
  const { t } = useLingui();
  const blocked = useBlockedHere();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      blocked={blocked('canned_response.manage')}
      onClick={() => setAct({ kind: 'create' })}
    >
      {t`New macro`}
    </Button>
  );
  useTitle(t`Macros`);
  return (
    <Page
      title={t`Macros`}
      description={t`Several steps at once, with the rights of whoever runs them: all of it happens or nothing.`}
      actions={create}
    >
      {blocked('canned_response.use') ? (
        <LockNote reason={blocked('canned_response.use')} />
      ) : (
        <Macros create={create} onAct={setAct} />
      )}
      {act?.kind === 'create' && <MacroDialog onClose={close} />}
      {act?.kind === 'edit' && <MacroDialog macro={act.macro} onClose={close} />}
    </Page>
  );
}

function Macros({ create, onAct }: { create: ReactNode; onAct: (act: Act) => void }) {
  const { t } = useLingui();
  const macros = useQuery(macrosListOptions({ path: { workspace_id: useWorkspaceId() } }));
  return (
    <Section title={t`Macros`} hideTitle flush>
      {macros.isPending ? (
        <Skeleton lines={4} label={t`Loading`} />
      ) : macros.isError ? (
        <ErrorState
          title={t`The macros could not be loaded`}
          error={macros.error}
          onRetry={() => void macros.refetch()}
        />
      ) : macros.data.items.length === 0 ? (
        <EmptyState icon={<Zap size={28} aria-hidden="true" />} title={t`No macro yet`} action={create}>
          {t`Such as “Refund”: label it Billing, answer with a canned response, and mark it done.`}
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {macros.data.items.map((macro) => (
            <Row key={macro.id} macro={macro} onAct={onAct} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Row({ macro, onAct }: { macro: MacroView; onAct: (act: Act) => void }) {
  const { t, i18n } = useLingui();
  const scope = useScopeText();
  const step = useStepText();
  const blocked = useBlocked()(macro, 'canned_response.manage');
  const path = { workspace_id: useWorkspaceId() };
  const remove = useRemoval(macrosListQueryKey({ path }));
  const { name } = macro;
  const steps = new Intl.ListFormat(i18n.locale, { type: 'unit' }).format(macro.actions.map(step));
  return (
    <li className={css.row}>
      <span className={css.name}>
        <b>{name}</b>
        <small>{steps}</small>
      </span>
      <Badge>{scope(macro)}</Badge>
      <span className={css.quiet}>
        <Plural value={macro.usage_count} _0="never run" one="run once" other="run # times" />
      </span>
      <span className={css.end}>
        <IconButton
          size="s"
          label={t`Edit ${name}`}
          blocked={blocked}
          onClick={() => onAct({ kind: 'edit', macro })}
        >
          <Pencil size={14} aria-hidden="true" />
        </IconButton>
        <IconButton
          size="s"
          label={t`Delete ${name}`}
          blocked={blocked}
          onClick={() => void remove(name, () => macroDelete({ path: { ...path, macro_id: macro.id } }))}
        >
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </span>
    </li>
  );
}
