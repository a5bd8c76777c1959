import { useLingui } from '@lingui/react/macro';
import { CalendarClock, MessagesSquare, Tag } from 'lucide-react';
import { useState } from 'react';
import { type Blocked, Button, Section } from '@/design';
import { RecipeDialog } from './RecipeDialog';
import css from './RulesEditor.module.css';

export type RecipeKind = 'channel' | 'shift' | 'label';

/** Three usual ways to share the work, each set up at once. */
export function Recipes({ blocked }: { blocked: Blocked | undefined }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<RecipeKind | null>(null);
  const recipes = [
    {
      kind: 'channel' as const,
      icon: MessagesSquare,
      title: t`By channel`,
      text: t`Each channel has people of its own.`,
    },
    {
      kind: 'shift' as const,
      icon: CalendarClock,
      title: t`By shift`,
      text: t`Some in the morning until 13:00, others from then on.`,
    },
    {
      kind: 'label' as const,
      icon: Tag,
      title: t`By label`,
      text: t`Putting the label of a person on it makes it theirs.`,
    },
  ];
  return (
    <Section
      title={t`Recipes`}
      description={t`Ready rules to begin with. They can be changed like any other.`}
    >
      <div className={css.recipes}>
        {recipes.map(({ kind, icon: Icon, title, text }) => (
          <div key={kind} className={css.recipe}>
            <Icon size={18} aria-hidden="true" />
            <h3>{title}</h3>
            <p>{text}</p>
            <Button size="s" blocked={blocked} aria-label={t`Set up: ${title}`} onClick={() => setOpen(kind)}>
              {t`Set up…`}
            </Button>
          </div>
        ))}
      </div>
      {open && <RecipeDialog kind={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
