import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { policyPacksListOptions } from '@/api';
import type { useCreateWorkspace } from '@/app/useCreateWorkspace';
import { ErrorState, Input, RadioGroup, Skeleton } from '@/design';
import { usePackText } from '@/features/rights/usePackText';
import { Form, FormField, textOf } from '@/form';
import css from './WorkspaceForm.module.css';

interface Props {
  id: string;
  create: ReturnType<typeof useCreateWorkspace>;
  onDone?: () => void;
  /** The button, where the form brings its own. */
  children?: ReactNode;
}

/** The one that suits most; the server takes it when nothing is chosen. */
const USUAL = 'default';

/** What a new workspace needs: a name, and the pack that decides its roles and rules. */
export function WorkspaceForm({ id, create, onDone, children }: Props) {
  const { t } = useLingui();
  const [pack, setPack] = useState(USUAL);
  return (
    <Form
      id={id}
      error={create.error}
      onSubmit={(values) => create.mutate({ name: textOf(values, 'name'), pack }, { onSuccess: onDone })}
    >
      <FormField name="name" label={t`Name`} hint={t`Usually your company. It can be changed.`}>
        <Input name="name" autoComplete="organization" required />
      </FormField>
      <PackChoice value={pack} onChange={setPack} />
      {children}
    </Form>
  );
}

function PackChoice({ value, onChange }: { value: string; onChange: (pack: string) => void }) {
  const { t } = useLingui();
  const describe = usePackText();
  const packs = useQuery(policyPacksListOptions());
  if (packs.isPending) return <Skeleton lines={4} label={t`Loading`} />;
  if (packs.isError) {
    return (
      <ErrorState
        title={t`The policy packs could not be loaded`}
        error={packs.error}
        onRetry={() => void packs.refetch()}
      />
    );
  }
  const usualFirst = packs.data.items.toSorted((a, b) => Number(b.id === USUAL) - Number(a.id === USUAL));
  return (
    <RadioGroup
      legend={t`Roles and rules`}
      name="pack"
      value={value}
      options={usualFirst.map((pack) => ({
        value: pack.id,
        label: pack.title,
        hint: (
          <>
            {describe(pack.description)}
            <span className={css.roles}>{pack.roles.map(({ label }) => label).join(' · ')}</span>
          </>
        ),
      }))}
      onChange={onChange}
    />
  );
}
