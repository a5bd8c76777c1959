import { useLingui } from '@lingui/react/macro';
import { ArrowRight, ChevronDown, MessageSquare, Paperclip } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { ChannelSettings } from '@/api';
import { initialsOf } from '@/design/hue';
import { inkOn } from './color';
import css from './WidgetPreview.module.css';

/** The chat speaks the visitor's language, which need not be the one of this page. */
const words = {
  en: {
    intro: 'Send us a message and we’ll answer right here.',
    online: 'We’re here',
    name: 'Name',
    email: 'Email',
    emailHint: 'So we can reply if you leave',
    optional: '(optional)',
    start: 'Start chat',
    write: 'Write a message…',
    asked: 'Do you ship to Spain?',
    answered: 'We do. It takes three days.',
    read: 'Read',
  },
  es: {
    intro: 'Escríbenos y te respondemos aquí mismo.',
    online: 'Estamos aquí',
    name: 'Nombre',
    email: 'Correo',
    emailHint: 'Para responderte si te vas',
    optional: '(opcional)',
    start: 'Empezar chat',
    write: 'Escribe un mensaje…',
    asked: '¿Hacen envíos a España?',
    answered: 'Sí. Tarda tres días.',
    read: 'Leído',
  },
};

/** As in the chat: a longer greeting is no title and stands above the conversation instead. */
const LONGEST_TITLE = 90;

interface Props {
  /** What the chat calls itself without a greeting. */
  name: string;
  settings: ChannelSettings;
  /** Who answers, for the header. */
  team: string[];
}

/** A picture of the chat as visitors will see it. It takes no part in the tab order. */
export function WidgetPreview({ name, settings, team }: Props) {
  const { t, i18n } = useLingui();
  const locale = settings.locale === 'auto' ? i18n.locale : settings.locale;
  const text = words[locale === 'es' ? 'es' : 'en'];
  const { greeting } = settings;
  const long = greeting.length > LONGEST_TITLE;
  const intro = long ? greeting : text.intro;
  const colors = { '--brand': settings.color, '--ink': inkOn(settings.color) } as CSSProperties;
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>{t`Preview`}</figcaption>
      <div className={css.site} data-position={settings.position} lang={locale} style={colors} inert>
        <div className={css.panel}>
          <header className={css.header}>
            <span className={css.team}>
              {team.slice(0, 3).map((name) => (
                <i key={name}>{initialsOf(name)}</i>
              ))}
            </span>
            <span className={css.words}>
              <b>{greeting && !long ? greeting : name}</b>
              <small>{settings.reply_time_hint || text.online}</small>
            </span>
            <ChevronDown size={18} aria-hidden="true" />
          </header>
          {settings.pre_chat === 'none' ? (
            <Thread text={text} intro={intro} receipts={settings.show_read_receipts} />
          ) : (
            <PreChat text={text} intro={intro} optional={settings.pre_chat === 'optional'} />
          )}
        </div>
        <span className={css.launcher}>
          <MessageSquare size={20} aria-hidden="true" />
        </span>
      </div>
    </figure>
  );
}

type Words = (typeof words)['en'];

function PreChat({ text, intro, optional }: { text: Words; intro: string; optional: boolean }) {
  const fields = [
    { label: text.name, hint: undefined },
    { label: text.email, hint: text.emailHint },
  ];
  return (
    <div className={css.form}>
      <p>{intro}</p>
      {fields.map(({ label, hint }) => (
        <div key={label} className={css.field}>
          <span>
            {label} {optional && <small>{text.optional}</small>}
          </span>
          {hint && <small>{hint}</small>}
          <span className={css.input} />
        </div>
      ))}
      <span className={css.start}>{text.start}</span>
    </div>
  );
}

function Thread({ text, intro, receipts }: { text: Words; intro: string; receipts: boolean }) {
  return (
    <>
      <div className={css.thread}>
        <p className={css.intro}>{intro}</p>
        <p className={css.mine}>{text.asked}</p>
        {receipts && <small className={css.receipt}>{text.read}</small>}
        <p className={css.theirs}>{text.answered}</p>
      </div>
      <div className={css.composer}>
        <Paperclip size={16} aria-hidden="true" />
        <span className={css.input}>{text.write}</span>
        <span className={css.send}>
          <ArrowRight size={16} aria-hidden="true" />
        </span>
      </div>
    </>
  );
}
