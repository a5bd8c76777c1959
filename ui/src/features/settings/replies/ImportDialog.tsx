import { Plural, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { cannedResponsesImport, cannedResponsesListQueryKey, type ImportView } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, CodeBlock, Dialog, Field, Input } from '@/design';
import { Form } from '@/form';
import { type ScopeChoice, ScopeField } from '../tools/ScopeField';
import { useToolChange } from '../tools/useToolChange';
import css from './ReplyDialog.module.css';

const EXAMPLE = 'shortcut,title,text\ninvoice,Where the invoice is,"You find it under Account, Invoices."';

/** Takes canned responses in from a table; what is not right is named by its line. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const [file, setFile] = useState<File | null>(null);
  const [audience, setAudience] = useState<ScopeChoice>({ scope: 'workspace', team_id: null });
  const [report, setReport] = useState<ImportView | null>(null);
  const bring = useToolChange(
    cannedResponsesListQueryKey({ path }),
    (csv: File) => {
      const query = { scope: audience.scope, ...(audience.team_id && { team_id: audience.team_id }) };
      return cannedResponsesImport({ path, query, body: csv });
    },
    setReport,
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Import canned responses`}
      description={t`A table in CSV with the columns shortcut, title and text. What is good comes in; the rest is listed.`}
      footer={
        report ? (
          <Button variant="primary" onClick={onClose}>
            {t({ message: 'Done', context: 'closes a dialog' })}
          </Button>
        ) : (
          <>
            <Button variant="ghost" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button
              type="submit"
              form="import"
              variant="primary"
              busy={bring.isPending}
              blocked={file ? undefined : t`Choose a file first`}
            >
              {t`Import`}
            </Button>
          </>
        )
      }
    >
      {report ? (
        <Report report={report} />
      ) : (
        <Form id="import" error={bring.error} onSubmit={() => file && bring.mutate(file)}>
          <Field label={t`File`}>
            <Input
              type="file"
              accept=".csv,text/csv"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          </Field>
          <ScopeField value={audience} onChange={setAudience} />
          <CodeBlock label={t`Example`} code={EXAMPLE} />
        </Form>
      )}
    </Dialog>
  );
}

function Report({ report: { created_ids, failures } }: { report: ImportView }) {
  const { t } = useLingui();
  return (
    <>
      <p role="status">
        <Plural
          value={created_ids.length}
          _0="No canned response came in."
          one="One canned response came in."
          other="# canned responses came in."
        />{' '}
        <Plural value={failures.length} _0="" one="One line is not right:" other="# lines are not right:" />
      </p>
      {failures.length > 0 && (
        <ul className={css.failures}>
          {failures.map(({ line, code, detail }) => (
            <li key={`${line} ${code}`}>
              <b>{t`Line ${line}`}</b>
              <span>{detail}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
