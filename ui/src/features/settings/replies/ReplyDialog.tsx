import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import {
  type CannedResponseView,
  cannedResponseCreate,
  cannedResponsesListQueryKey,
  cannedResponseUpdate,
} from '@/api';
import { useWorkspaceId } from '@/app/session';
import { Button, Dialog, Input, Textarea } from '@/design';
import { Form, FormField, textOf } from '@/form';
import { ScopeField } from '../tools/ScopeField';
import { useToolChange } from '../tools/useToolChange';
import css from './ReplyDialog.module.css';
import { useVariables } from './useVariables';

interface Wished {
  title: string;
  shortcut: string;
  text: string;
}

/** Writes a canned response or changes one. Its variables are filled when it is used. */
export function ReplyDialog({ reply, onClose }: { reply?: CannedResponseView; onClose: () => void }) {
  const { t } = useLingui();
  const path = { workspace_id: useWorkspaceId() };
  const text = useRef<HTMLTextAreaElement>(null);
  const variables = useVariables();
  const [audience, setAudience] = useState({
    scope: reply?.scope ?? ('workspace' as const),
    team_id: reply?.team_id ?? null,
  });
  const save = useToolChange(
    cannedResponsesListQueryKey({ path }),
    (wished: Wished) => {
      const body = { ...wished, ...audience };
      return reply
        ? cannedResponseUpdate({
            path: { ...path, canned_response_id: reply.id },
            body: { version: reply.version, ...body },
          })
        : cannedResponseCreate({ path, body });
    },
    onClose,
  );

  /** Puts a variable where one writes. */
  function insert(name: string) {
    const field = text.current;
    if (!field) return;
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, 'end');
    field.focus();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={reply ? t`Edit the canned response` : t`New canned response`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form="canned" variant="primary" busy={save.isPending}>
            {t`Save`}
          </Button>
        </>
      }
    >
      <Form
        id="canned"
        error={save.error}
        onSubmit={(values) =>
          save.mutate({
            title: textOf(values, 'title'),
            shortcut: textOf(values, 'shortcut').replace(/^\//, ''),
            text: textOf(values, 'text'),
          })
        }
      >
        <FormField name="title" label={t`Title`}>
          <Input name="title" defaultValue={reply?.title} required />
        </FormField>
        <FormField
          name="shortcut"
          label={t`Shortcut`}
          hint={t`What is typed after the slash, such as “invoice”.`}
        >
          <Input name="shortcut" defaultValue={reply?.shortcut} autoCapitalize="off" required />
        </FormField>
        <FormField name="text" label={t`Text`}>
          <Textarea ref={text} name="text" rows={6} defaultValue={reply?.text} required />
        </FormField>
        <fieldset className={css.variables}>
          <legend>{t`Put in what is filled when it is used`}</legend>
          {variables.map(({ name, label }) => (
            <Button key={name} size="s" onClick={() => insert(name)}>
              {label}
            </Button>
          ))}
        </fieldset>
        <ScopeField value={audience} onChange={setAudience} />
      </Form>
    </Dialog>
  );
}
