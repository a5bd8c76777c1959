import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import {
  ArrowDownWideNarrow,
  ArrowUpWideNarrow,
  ChevronDown,
  ListFilter,
  Rows2,
  Rows3,
  X,
} from 'lucide-react';
import { channelsListOptions } from '@/api';
import { type View, views } from '@/app/paths';
import { useBlockedHere } from '@/app/session';
import { countersOptions, countOf, unreadOf } from '@/conversations/counters';
import { IconButton, Menu, MenuChoice, MenuItem, MenuSeparator, useStore } from '@/design';
import { useNumber } from '@/i18n/useNumber';
import { useKeys } from '@/keyboard';
import { compactRows, toggle } from '@/shell/state';
import { viewInfo } from '@/shell/views';
import css from './ListHeader.module.css';
import type { Inbox } from './useInbox';

export function ListHeader({ inbox }: { inbox: Inbox }) {
  const { t, i18n } = useLingui();
  const number = useNumber();
  const { view, filter } = inbox;
  const compact = useStore(compactRows);
  const densityKeys = useKeys('density');
  const { data: counters } = useQuery(countersOptions(inbox.scope));
  const count = countOf(counters, view);
  const unread = unreadOf(counters, view);
  const title = i18n._(viewInfo[view].label);

  return (
    <header className={css.header}>
      <div className={css.top}>
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
              value={view}
              options={views.map((each) => {
                const Icon = viewInfo[each].icon;
                return { value: each, label: i18n._(viewInfo[each].label), icon: <Icon size={15} /> };
              })}
              onChange={(next: View) => inbox.setView(next)}
            />
          </Menu>
          <p className={css.count}>
            {count !== undefined && <Plural value={count} one="# conversation" other="# conversations" />}
            {unread > 0 && ` · ${t`${unread > 99 ? '99+' : number(unread)} unread`}`}
          </p>
        </div>
        <SortAndFilter inbox={inbox} />
        <IconButton
          label={compact ? t`Roomy rows` : t`Compact rows`}
          keys={densityKeys}
          onClick={() => toggle(compactRows)}
        >
          {compact ? <Rows3 size={16} aria-hidden="true" /> : <Rows2 size={16} aria-hidden="true" />}
        </IconButton>
      </div>
      {(filter.unread || filter.channel || filter.sort === 'oldest') && <Chips inbox={inbox} />}
    </header>
  );
}

function SortAndFilter({ inbox }: { inbox: Inbox }) {
  const { t } = useLingui();
  const { filter } = inbox;
  const channels = useChannels(inbox);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t`Sort and filter`}>
          <ListFilter size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuChoice
        label={t`Sort`}
        value={filter.sort}
        options={[
          { value: 'newest', label: t`Newest first`, icon: <ArrowDownWideNarrow size={15} /> },
          { value: 'oldest', label: t`Oldest first`, icon: <ArrowUpWideNarrow size={15} /> },
        ]}
        onChange={(sort) => inbox.setSearch(toSearch({ ...filter, sort }))}
      />
      <MenuSeparator />
      <MenuChoice
        label={t`Show`}
        value={filter.unread ? 'unread' : 'all'}
        options={[
          { value: 'all', label: t`All` },
          { value: 'unread', label: t`Unread only` },
        ]}
        onChange={(show) => inbox.setSearch(toSearch({ ...filter, unread: show === 'unread' }))}
      />
      {channels.length > 1 && (
        <>
          <MenuSeparator />
          <MenuChoice
            label={t`Channel`}
            value={filter.channel ?? ''}
            options={[
              { value: '', label: t`Every channel` },
              ...channels.map((channel) => ({ value: channel.id, label: channel.name })),
            ]}
            onChange={(channel) => inbox.setSearch(toSearch({ ...filter, channel: channel || null }))}
          />
        </>
      )}
      <MenuSeparator />
      <MenuItem onSelect={() => inbox.setSearch({})}>{t`Clear all`}</MenuItem>
    </Menu>
  );
}

/** What narrows the list now; each chip takes its filter away. */
function Chips({ inbox }: { inbox: Inbox }) {
  const { t } = useLingui();
  const { filter } = inbox;
  const channel = useChannels(inbox).find((each) => each.id === filter.channel);
  const chips = [
    filter.sort === 'oldest' && { text: t`Oldest first`, without: { ...filter, sort: 'newest' as const } },
    filter.unread && { text: t`Unread only`, without: { ...filter, unread: false } },
    filter.channel && { text: channel?.name ?? t`Channel`, without: { ...filter, channel: null } },
  ].filter((chip) => !!chip);
  return (
    <div className={css.chips}>
      {chips.map(({ text, without }) => (
        <button
          key={text}
          type="button"
          className={css.chip}
          onClick={() => inbox.setSearch(toSearch(without))}
        >
          {text}
          <X size={12} aria-hidden="true" />
          <span className="visually-hidden">{t`(remove)`}</span>
        </button>
      ))}
    </div>
  );
}

function toSearch({ sort, unread, channel }: Inbox['filter']) {
  return {
    ...(sort === 'oldest' && { sort: 'oldest' as const }),
    ...(unread && { unread: true as const }),
    ...(channel && { channel }),
  };
}

function useChannels({ scope }: Inbox) {
  const blocked = useBlockedHere()('channel.view');
  const { data } = useQuery({
    ...channelsListOptions({ path: { workspace_id: scope.workspace } }),
    enabled: blocked === undefined,
  });
  return data?.items ?? [];
}
