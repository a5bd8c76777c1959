import { useLingui } from '@lingui/react/macro';
import { Button, Field, Input, RadioGroup, Section, Select, Switch, Textarea } from '@/design';
import { contrastWithWhite, parseColor, readableColor, TEXT_CONTRAST } from './color';
import type { Draft, Faults } from './draft';
import css from './LookSections.module.css';

export interface DraftProps {
  draft: Draft;
  faults: Faults;
  /** What the server refused, by the name of the field in the request. */
  refused: (field: string) => string | undefined;
  onChange: (edits: Partial<Draft>) => void;
}

export function WebsitesSection({ draft, faults, refused, onChange }: DraftProps) {
  const { t } = useLingui();
  const rejected = faults.origins?.join(', ');
  return (
    <Section
      title={t`Allowed websites`}
      description={t`Only pages of these addresses may open the chat. Without one, only pages of this server do.`}
    >
      <Field
        label={t`Web addresses`}
        hint={t`One per line, such as https://www.example.com. With and without www are two.`}
        error={rejected ? t`No web address: ${rejected}` : refused('allowed_origins')}
      >
        <Textarea
          value={draft.origins}
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => onChange({ origins: event.target.value })}
        />
      </Field>
    </Section>
  );
}

export function LookSection({ draft, faults, refused, onChange }: DraftProps) {
  const { t } = useLingui();
  const color = parseColor(draft.color);
  const shade = color && contrastWithWhite(color) < TEXT_CONTRAST ? readableColor(color) : null;
  return (
    <Section title={t`Look`}>
      <Field
        label={t`Name`}
        hint={t`Your team knows it by this name. Without a greeting, visitors read it too.`}
        error={faults.name ? t`Give it a name.` : refused('name')}
      >
        <Input value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <div className={css.color}>
        <input
          type="color"
          className={css.well}
          aria-label={t`Choose a colour`}
          value={color ?? '#000000'}
          onChange={(event) => onChange({ color: event.target.value })}
        />
        <Field
          label={t`Colour`}
          error={faults.color ? t`Give a colour such as #2b4fcf.` : refused('settings/color')}
        >
          <Input
            className={css.hex}
            value={draft.color}
            spellCheck={false}
            onChange={(event) => onChange({ color: event.target.value })}
          />
        </Field>
      </div>
      {shade && (
        <div className={css.contrast} role="status">
          <p>{t`White is hard to read on this colour, so the chat writes in black on it.`}</p>
          <Button size="s" onClick={() => onChange({ color: shade })}>
            {t`Use the darker ${shade}`}
          </Button>
        </div>
      )}
      <RadioGroup
        legend={t`Corner`}
        name="position"
        value={draft.position}
        onChange={(position) => onChange({ position })}
        options={[
          { value: 'right', label: t`Bottom right` },
          { value: 'left', label: t`Bottom left` },
        ]}
      />
    </Section>
  );
}

export function WordsSection({ draft, refused, onChange }: DraftProps) {
  const { t } = useLingui();
  return (
    <Section title={t`Words`} description={t`What stands at the top of the chat.`}>
      <Field label={t`Greeting`} error={refused('settings/greeting')}>
        <Textarea
          rows={2}
          maxLength={500}
          value={draft.greeting}
          onChange={(event) => onChange({ greeting: event.target.value })}
        />
      </Field>
      <Field
        label={t`How fast you answer`}
        hint={t`Such as “We usually answer within an hour”.`}
        error={refused('settings/reply_time_hint')}
      >
        <Input
          maxLength={120}
          value={draft.reply_time_hint}
          onChange={(event) => onChange({ reply_time_hint: event.target.value })}
        />
      </Field>
      <Field label={t`Language of the chat`}>
        <Select
          value={draft.locale}
          onChange={(event) => onChange({ locale: event.target.value as Draft['locale'] })}
        >
          <option value="auto">{t`The visitor’s own`}</option>
          <option value="en" lang="en">
            English
          </option>
          <option value="es" lang="es">
            Español
          </option>
        </Select>
      </Field>
    </Section>
  );
}

export function ConversationSection({ draft, onChange }: DraftProps) {
  const { t } = useLingui();
  return (
    <Section title={t`Conversation`}>
      <RadioGroup
        legend={t`Before the first message, ask for name and e-mail address`}
        name="pre_chat"
        value={draft.pre_chat}
        onChange={(pre_chat) => onChange({ pre_chat })}
        options={[
          {
            value: 'none',
            label: t`No`,
            hint: t`People write at once. They stay nameless until they say who they are.`,
          },
          { value: 'optional', label: t`Ask, but let them skip it` },
          {
            value: 'required',
            label: t`Required`,
            hint: t`You know who writes, and fewer people do.`,
          },
        ]}
      />
      <div className={css.switch}>
        <span>
          <b>{t`Read receipts`}</b>
          <small>{t`Visitors see when their message was read.`}</small>
        </span>
        <Switch
          label={t`Read receipts`}
          checked={draft.show_read_receipts}
          onChange={(show_read_receipts) => onChange({ show_read_receipts })}
        />
      </div>
    </Section>
  );
}
