import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type CannotSeeView, type MentionGiven, type MentionView, mentionsCheck } from '@/api';
import { useMembers } from './members';
import { useScope } from './scope';
import { useTeams } from './teams';

/** Somebody a note can name, or a whole team. */
export interface Mentionable extends MentionView {
  /** What stands beside the name. */
  detail: string;
  light: boolean;
}

/** Everybody a note can name: colleagues, light seats too, and teams. */
export function useMentionable(): Mentionable[] {
  const members = useMembers();
  const teams = useTeams();
  return useMemo(
    () => [
      ...members
        .filter((member) => !member.is_me)
        .map(({ id, name, role, seat_type }) => ({
          kind: 'member' as const,
          id,
          name,
          detail: role.label,
          light: seat_type === 'collaborator',
        })),
      ...teams.map(({ id, name }) => ({ kind: 'team' as const, id, name, detail: '', light: false })),
    ],
    [members, teams],
  );
}

/** Whom a text names: an at sign before the whole name. Of names that begin alike the longest is meant. */
export function mentionsIn<Named extends { name: string }>(text: string, people: Named[]): Named[] {
  const found = splitMentions(text, people).flatMap((part) => (typeof part === 'string' ? [] : [part]));
  return [...new Set(found)];
}

/** A text in pieces: its words, and in their places those it names. */
export function splitMentions<Named extends { name: string }>(
  text: string,
  people: Named[],
): (string | Named)[] {
  const [first, ...rest] = people.toSorted((a, b) => b.name.length - a.name.length);
  if (!first) return text ? [text] : [];
  const pieces = text.split(new RegExp(`@${literally(first.name)}(?![\\p{L}\\p{N}])`, 'iu'));
  return pieces.flatMap((piece, at) => [...(at > 0 ? [first] : []), ...splitMentions(piece, rest)]);
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a note stands on. */
export type NoteOn = { conversation_id: string } | { customer_id: string };

/** Who of those a note names would learn nothing of it. */
export function useUnseen(on: NoteOn, mentions: MentionGiven[]): CannotSeeView[] {
  const scope = useScope();
  const asked = mentions.map(({ kind, id }) => ({ kind, id }));
  const { data } = useQuery({
    queryKey: ['mentions-check', scope.workspace, on, asked.map(({ id }) => id).sort()],
    queryFn: async ({ signal }) => {
      const body = { ...on, mentions: asked };
      return (await mentionsCheck({ path: { workspace_id: scope.workspace }, body, signal })).data;
    },
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  return asked.length > 0 ? (data?.cannot_see ?? none) : none;
}

const none: CannotSeeView[] = [];
