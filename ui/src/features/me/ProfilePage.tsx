import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type AccountView, meUpdateMutation } from '@/api';
import { takeIn } from '@/app/patch';
import { meOptions, useMe } from '@/app/session';
import { useChooseLocale } from '@/app/useChooseLocale';
import { useTitle } from '@/app/useTitle';
import { Button, Field, Input, Page, Section, Select, toast } from '@/design';
import { Form, FormActions, FormField, textOf } from '@/form';
import { type Locale, locales } from '@/i18n';
import { ChangePassword } from './ChangePassword';
import { EmailAddress } from './EmailAddress';
import css from './ProfilePage.module.css';

export default function ProfilePage() {
  const { t } = useLingui();
  const { account } = useMe();
  useTitle(t`Profile`);
  return (
    <Page title={t`Profile`} description={t`How colleagues and customers see you, in every workspace.`}>
      <Section title={t`Name`} description={t`Customers see it on your answers.`}>
        <Rename account={account} />
      </Section>
      <EmailAddress account={account} />
      <Section title={t`Language`} description={t`Of this application, wherever you sign in.`}>
        <Language />
      </Section>
      <ChangePassword account={account} />
    </Page>
  );
}

function Rename({ account }: { account: AccountView }) {
  const { t } = useLingui();
  const rename = useMutation({
    ...meUpdateMutation(),
    onSuccess: (me) => {
      takeIn(meOptions.queryKey, me);
      toast({ title: t`Saved` });
    },
  });
  return (
    <Form
      error={rename.error}
      onSubmit={(values) => rename.mutate({ body: { name: textOf(values, 'name') } })}
    >
      <FormField name="name" label={t`Your name`}>
        <Input name="name" defaultValue={account.name} autoComplete="name" required />
      </FormField>
      <FormActions>
        <Button type="submit" variant="primary" busy={rename.isPending}>
          {t`Save`}
        </Button>
      </FormActions>
    </Form>
  );
}

function Language() {
  const { t, i18n } = useLingui();
  const choose = useChooseLocale();
  return (
    <Field label={t`Language`} hideLabel>
      <Select
        className={css.language}
        value={i18n.locale}
        onChange={(event) => void choose(event.target.value as Locale)}
      >
        {Object.entries(locales).map(([locale, name]) => (
          <option key={locale} value={locale} lang={locale}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
