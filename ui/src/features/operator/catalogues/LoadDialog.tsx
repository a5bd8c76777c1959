import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { asProblem, operatorCatalogueCreate } from '@/api';
import { paths } from '@/app/paths';
import { Button, Dialog, Field, Input, Textarea, toast } from '@/design';
import { Form, FormField } from '@/form';
import { useOperatorChange, useOperatorMessages } from '../operator';
import css from '../operator.module.css';
import { lineOf, nextVersion } from './text';

interface Props {
  /** A version to go on from. */
  begin?: string;
  onClose: () => void;
}

/** Takes in a plan catalogue; a faulty one is refused whole, and the line that is wrong is shown. */
export function LoadDialog({ begin = '', onClose }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const messages = useOperatorMessages();
  const [text, setText] = useState(() => nextVersion(begin));
  const source = useRef<HTMLTextAreaElement>(null);
  const load = useOperatorChange(
    (text: string) => operatorCatalogueCreate({ body: { text } }),
    ({ id, version, title }) => {
      toast({ title: t`${title} is taken in`, description: t`${id}, version ${version}` });
      onClose();
      void navigate({ to: paths.operatedCatalogue(id), search: { version } });
    },
  );
  const line = asProblem(load.error)?.line;
  useEffect(() => {
    if (line !== undefined && source.current) showLine(source.current, line);
  }, [line]);
  return (
    <Dialog
      open
      onClose={onClose}
      size="l"
      title={t`Load a catalogue`}
      description={t`Each version is taken in once and never changes again, so give a changed one a higher version. New workspaces begin with the newest of the catalogue that the server is set to.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            type="submit"
            form="load"
            variant="primary"
            busy={load.isPending}
            blocked={text.trim() ? undefined : t`Choose a file or write one first`}
          >
            {t`Load`}
          </Button>
        </>
      }
    >
      <Form
        id="load"
        className={css.whole}
        error={load.error}
        messages={messages}
        onSubmit={() => text.trim() && !load.isPending && load.mutate(text)}
      >
        <Field label={t`File`}>
          <Input
            type="file"
            accept=".toml"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              if (file) setText(await file.text());
            }}
          />
        </Field>
        <FormField name="text" label={t`The catalogue in TOML`}>
          <Textarea
            ref={source}
            className={css.source}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </FormField>
      </Form>
    </Dialog>
  );
}

/** Selects a line and brings it into sight. */
function showLine(source: HTMLTextAreaElement, line: number) {
  const [start, end] = lineOf(source.value, line);
  source.focus();
  source.setSelectionRange(start, end);
  const height = source.scrollHeight / source.value.split('\n').length;
  source.scrollTop = Math.max(0, (line - 3) * height);
}
