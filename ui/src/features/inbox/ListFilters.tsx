import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ArrowDownWideNarrow, ArrowUpWideNarrow, BookmarkPlus, BookmarkX, ListFilter, X } from 'lucide-react';
import { useState } from 'react';
import { channelsListOptions, savedSearchDelete, savedSearchesListQueryKey } from '@/api';
import { readAgain } from '@/app/queryClient';
import type { InboxSearch } from '@/app/router';
import { useBlockedHere } from '@/app/session';
import { useFailure } from '@/app/useFailure';
import { useLabels } from '@/conversations/labels';
import { useSavedSearches } from '@/conversations/saved';
import { IconButton, Menu, MenuChoice, MenuItem, MenuSeparator } from '@/design';
import { SaveViewDialog } from './dialogs';
import css from './ListHeader.module.css';
import type { Inbox } from './useInbox';

export function SortAndFilter({ inbox }: { inbox: Inbox }) {
  const { t } = useLingui();
  const { search } = inbox;
  const channels = useChannels(inbox);
  const labels = useLabels();
  const [saving, setSaving] = useState(false);
  const cannotSave = useBlockedHere()('search.use');
  /** Sets what is given and takes away what is undefined. */
  const narrow = (change: { [Key in keyof InboxSearch]: InboxSearch[Key] | undefined }) =>
    inbox.setSearch(defined({ ...search, ...change }));
  return (
    <>
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
          value={search.sort ?? 'newest'}
          options={[
            { value: 'newest', label: t`Newest first`, icon: <ArrowDownWideNarrow size={15} /> },
            { value: 'oldest', label: t`Oldest first`, icon: <ArrowUpWideNarrow size={15} /> },
          ]}
          onChange={(sort) => narrow({ sort: sort === 'oldest' ? sort : undefined })}
        />
        <MenuSeparator />
        <MenuChoice
          label={t`Show`}
          value={search.unread ? 'unread' : 'all'}
          options={[
            { value: 'all', label: t`All` },
            { value: 'unread', label: t`Unread only` },
          ]}
          onChange={(show) => narrow({ unread: show === 'unread' || undefined })}
        />
        <Narrow
          label={t`Channel`}
          every={t`Every channel`}
          options={channels.length > 1 ? channels : []}
          value={search.channel}
          onChange={(channel) => narrow({ channel })}
        />
        <Narrow
          label={t`Label`}
          every={t`Whatever the label`}
          options={labels}
          value={search.label}
          onChange={(label) => narrow({ label })}
        />
        <MenuSeparator />
        <MenuItem onSelect={() => inbox.setSearch({})}>{t`Clear all`}</MenuItem>
        <MenuItem icon={<BookmarkPlus size={15} />} blocked={cannotSave} onSelect={() => setSaving(true)}>
          {t`Save this view…`}
        </MenuItem>
        <SavedItems inbox={inbox} />
      </Menu>
      {saving && <SaveViewDialog inbox={inbox} onClose={() => setSaving(false)} />}
    </>
  );
}

/** A saved view can be taken away by who made it. */
function SavedItems({ inbox }: { inbox: Inbox }) {
  const { t } = useLingui();
  const failed = useFailure();
  const saved = useSavedSearches().find(({ id }) => inbox.place === `saved.${id}`);
  if (!saved) return null;
  const path = { workspace_id: inbox.scope.workspace };

  async function remove(id: string) {
    try {
      await savedSearchDelete({ path: { ...path, saved_search_id: id } });
      inbox.setPlace('all');
      readAgain({ queryKey: savedSearchesListQueryKey({ path }) });
    } catch (error) {
      failed(t`Not deleted`, error);
    }
  }
  return (
    <MenuItem
      icon={<BookmarkX size={15} />}
      danger
      blocked={saved.can_edit ? undefined : t`A colleague shares it with you`}
      onSelect={() => void remove(saved.id)}
    >
      {t`Delete this view`}
    </MenuItem>
  );
}

interface NarrowProps {
  label: string;
  every: string;
  options: { id: string; name: string }[];
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

/** One of several things to narrow to, or none of them. */
function Narrow({ label, every, options, value = '', onChange }: NarrowProps) {
  if (options.length === 0) return null;
  return (
    <>
      <MenuSeparator />
      <MenuChoice
        label={label}
        value={value}
        options={[
          { value: '', label: every },
          ...options.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => onChange(id || undefined)}
      />
    </>
  );
}

/** What narrows the list now; each chip takes its filter away. */
export function FilterChips({ inbox }: { inbox: Inbox }) {
  const { t } = useLingui();
  const { sort, unread, channel, label } = inbox.search;
  const named = (list: { id: string; name: string }[], id: string) =>
    list.find((each) => each.id === id)?.name;
  const channels = useChannels(inbox);
  const labels = useLabels();
  const chips: { key: keyof InboxSearch; text: string }[] = [
    ...(sort ? [{ key: 'sort' as const, text: t`Oldest first` }] : []),
    ...(unread ? [{ key: 'unread' as const, text: t`Unread only` }] : []),
    ...(channel ? [{ key: 'channel' as const, text: named(channels, channel) ?? t`Channel` }] : []),
    ...(label ? [{ key: 'label' as const, text: named(labels, label) ?? t`Label` }] : []),
  ];
  if (chips.length === 0) return null;
  return (
    <div className={css.chips}>
      {chips.map(({ key, text }) => (
        <button
          key={key}
          type="button"
          className={css.chip}
          onClick={() => inbox.setSearch(defined({ ...inbox.search, [key]: undefined }))}
        >
          {text}
          <X size={12} aria-hidden="true" />
          <span className="visually-hidden">{t`(remove)`}</span>
        </button>
      ))}
    </div>
  );
}

function useChannels({ scope }: Inbox) {
  const blocked = useBlockedHere()('channel.view');
  const { data } = useQuery({
    ...channelsListOptions({ path: { workspace_id: scope.workspace } }),
    enabled: blocked === undefined,
  });
  return data?.items ?? [];
}

function defined(search: { [Key in keyof InboxSearch]: InboxSearch[Key] | undefined }): InboxSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
