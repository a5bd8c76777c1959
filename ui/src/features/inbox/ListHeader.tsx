import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { AtSign, ChevronDown, Rows2, Rows3, Sparkles } from 'lucide-react';
import { isView, type Place, views } from '@/app/paths';
import { countersOptions, countOf, unreadOf } from '@/conversations/counters';
import { IconButton, Menu, MenuChoice, useStore } from '@/design';
import { useNumber } from '@/i18n/useNumber';
import { useKeys } from '@/keyboard';
import { compactRows, toggle } from '@/shell/state';
import { viewInfo } from '@/shell/views';
import { FilterChips, SortAndFilter } from './ListFilters';
import css from './ListHeader.module.css';
import type { ListSelection } from './selection';
import type { Inbox } from './useInbox';
import { usePlaceName } from './usePlaceName';

interface Props {
  inbox: Inbox;
  selection: ListSelection;
  loaded: number;
}

export function ListHeader({ inbox, selection, loaded }: Props) {
  const { t } = useLingui();
  const compact = useStore(compactRows);
  const densityKeys = useKeys('density');

  return (
    <header className={css.header}>
      <div className={css.top}>
        <input
          type="checkbox"
          className={css.check}
          aria-label={t`Select all that are loaded`}
          checked={selection.ids.size > 0 && selection.ids.size >= loaded}
          disabled={loaded === 0}
          onChange={({ target }) => (target.checked ? selection.selectAll() : selection.clear())}
        />
        <Heading inbox={inbox} />
        <SortAndFilter inbox={inbox} />
        <IconButton
          label={compact ? t`Roomy rows` : t`Compact rows`}
          keys={densityKeys}
          onClick={() => toggle(compactRows)}
        >
          {compact ? <Rows3 size={16} aria-hidden="true" /> : <Rows2 size={16} aria-hidden="true" />}
        </IconButton>
      </div>
      <FilterChips inbox={inbox} />
    </header>
  );
}

/** Where one is, how much is there, and where one could go. */
function Heading({ inbox }: { inbox: Inbox }) {
  const { t, i18n } = useLingui();
  const number = useNumber();
  const { place } = inbox;
  const { data: counters } = useQuery(countersOptions(inbox.scope));
  const ai = counters !== undefined && counters.views.ai !== null;
  const count = isView(place) ? countOf(counters, place) : undefined;
  const unread = isView(place) ? unreadOf(counters, place) : 0;
  const title = usePlaceName(place);
  return (
    <div className={css.heading}>
      <h1 className={css.title}>{title}</h1>
      <Menu
        trigger={
          <button type="button" className={css.view}>
            {title}
            <ChevronDown size={18} aria-hidden="true" />
          </button>
        }
      >
        <MenuChoice
          label={t`Views`}
          value={place}
          options={[
            ...views.map((each) => {
              const Icon = viewInfo[each].icon;
              return { value: each, label: i18n._(viewInfo[each].label), icon: <Icon size={15} /> };
            }),
            { value: 'mentions' as const, label: t`Mentions`, icon: <AtSign size={15} /> },
            ...(ai ? [{ value: 'ai' as const, label: t`With the AI`, icon: <Sparkles size={15} /> }] : []),
          ]}
          onChange={(next: Place) => inbox.setPlace(next)}
        />
      </Menu>
      <p className={css.count}>
        {count !== undefined && <Plural value={count} one="# conversation" other="# conversations" />}
        {unread > 0 && ` · ${t`${unread > 99 ? '99+' : number(unread)} unread`}`}
      </p>
    </div>
  );
}
