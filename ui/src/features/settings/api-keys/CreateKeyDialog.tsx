import { useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type ApiKeyCreated,
  type ApiKeyKind,
  apiKeyCreate,
  apiKeyScopesListOptions,
  apiKeysListQueryKey,
  asProblem,
} from '@/api';
import { queryClient } from '@/app/queryClient';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, ErrorState, Input, Notice, RadioGroup, Select, Skeleton } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { useNow, useTimes } from '@/i18n/time';
import { ScopePicker } from './ScopePicker';
import { offered } from './scopes';

const DAY_MS = 24 * 60 * 60 * 1000;
const lifetimes = [7, 30, 90, 180, 365];
/** What the server takes unless it is told otherwise. */
const USUAL_DAYS = 90;

interface Props {
  onClose: () => void;
  onMade: (key: ApiKeyCreated) => void;
}

export function CreateKeyDialog({ onClose, onMade }: Props) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const scopes = useQuery(apiKeyScopesListOptions({ path }));
  const [kind, setKind] = useState<ApiKeyKind>('personal');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [days, setDays] = useState(USUAL_DAYS);
  // What a key of the other kind could hold stays picked, in case one changes back.
  const given = offered(scopes.data?.items ?? [], kind).filter((name) => picked.has(name));
  const create = useMutation({
    mutationFn: async (name: string) => {
      const body = { name, kind, scopes: given, expires_in_days: days };
      return (await apiKeyCreate({ path, body })).data;
    },
    // Nothing keeps the key: not even the cache of mutations.
    gcTime: 0,
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: apiKeysListQueryKey({ path }) });
      onMade(made);
    },
    onError: () => scopes.refetch(),
  });
  const refused = asProblem(create.error)?.errors.some(({ pointer }) => pointer.startsWith('/scopes'));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`New API key`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>{t`Cancel`}</Button>
          <Button
            type="submit"
            form="create-api-key"
            variant="primary"
            busy={create.isPending}
            blocked={given.length === 0 ? t`Choose at least one permission` : undefined}
          >
            {t`Make the key`}
          </Button>
        </>
      }
    >
      <Form
        id="create-api-key"
        error={create.error}
        onSubmit={(values) => given.length > 0 && !create.isPending && create.mutate(textOf(values, 'name'))}
      >
        <FormField name="name" label={t`Name`} hint={t`Such as the program it is for.`}>
          <Input name="name" autoComplete="off" required />
        </FormField>
        <RadioGroup
          legend={t`For whom it acts`}
          name="kind"
          value={kind}
          onChange={setKind}
          options={[
            {
              value: 'personal',
              label: t`For you`,
              hint: t`What is yours is the key’s: where you reach only your own, it does too.`,
            },
            {
              value: 'workspace',
              label: t`For the workspace`,
              hint: t`Nothing is its own, so it takes only permissions that reach everything.`,
            },
          ]}
        />
        <Lifetime days={days} onChange={setDays} />
        {refused && (
          <div role="alert">
            <Notice tone="danger" title={t`What you may give has changed meanwhile`}>
              {t`No key was made. Look through your choice once more.`}
            </Notice>
          </div>
        )}
        {scopes.isPending ? (
          <Skeleton lines={6} label={t`Loading`} />
        ) : scopes.isError ? (
          <ErrorState
            title={t`The permissions could not be loaded`}
            error={scopes.error}
            onRetry={() => void scopes.refetch()}
          />
        ) : (
          <ScopePicker
            scopes={scopes.data.items}
            kind={kind}
            picked={picked}
            count={given.length}
            onChange={setPicked}
          />
        )}
      </Form>
    </Dialog>
  );
}

function Lifetime({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  const { t } = useLingui();
  const times = useTimes();
  const end = new Date(useNow() + days * DAY_MS).toISOString();
  const names: Record<number, string> = {
    7: t`7 days`,
    30: t`30 days`,
    90: t`90 days`,
    180: t`180 days`,
    365: t`One year`,
  };
  return (
    <FormField name="expires_in_days" label={t`Good for`} hint={t`It ends by itself on ${times.date(end)}.`}>
      <Select value={days} onChange={(event) => onChange(Number(event.target.value))}>
        {lifetimes.map((each) => (
          <option key={each} value={each}>
            {names[each]}
          </option>
        ))}
      </Select>
    </FormField>
  );
}
