import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { type MessageList, type MessageView, messagesList } from '@/api';
import { patch } from '@/app/patch';
import { queryClient } from '@/app/queryClient';
import type { Scope } from './scope';

export type ThreadData = InfiniteData<MessageList>;

const PAGE = 60;

/** The messages of a conversation: the first page is the latest, each further one is older. */
export function threadOptions(scope: Scope, conversation: string) {
  return infiniteQueryOptions({
    queryKey: ['messages', scope.workspace, conversation] as const,
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await messagesList({
        path: { workspace_id: scope.workspace, conversation_id: conversation },
        query: { limit: PAGE, ...(pageParam !== null && { before_seq: pageParam }) },
        signal,
      });
      return data;
    },
    getNextPageParam: ({ items }) =>
      items.length === PAGE && items[0] && items[0].seq > 1 ? items[0].seq : null,
  });
}

/** All loaded messages, oldest first. */
export function messagesOf(data: ThreadData | undefined): MessageView[] {
  return data ? data.pages.toReversed().flatMap((page) => page.items) : [];
}

/** Adds a message, or brings a known one up to date. Does nothing for a thread that nobody asked for. */
export function receiveMessage(scope: Scope, message: MessageView) {
  const key = threadOptions(scope, message.conversation_id).queryKey;
  const known = queryClient.getQueryData<ThreadData>(key);
  patch(
    key,
    (data) => data && withMessage(data, message),
    (data) => data && withMessage(data, message, later),
  );
  if (!known) return;
  const latest = known.pages[0]?.items.at(-1)?.seq ?? 0;
  // A gap means events were missed: the thread is read again rather than shown with a hole.
  if (message.seq > latest + 1) void queryClient.invalidateQueries({ queryKey: key });
}

export function withMessage(data: ThreadData, message: MessageView, newest = newer): ThreadData {
  const listed = data.pages.some((page) => page.items.some((each) => each.seq === message.seq));
  const oldest = data.pages.at(-1)?.items[0]?.seq ?? 0;
  // It comes with a page that is not loaded yet.
  if (!listed && message.seq < oldest) return data;
  return {
    ...data,
    pages: data.pages.map((page, index) => {
      if (listed) {
        if (!page.items.some((each) => each.seq === message.seq)) return page;
        return {
          ...page,
          items: page.items.map((each) => (each.seq === message.seq ? newest(each, message) : each)),
        };
      }
      if (index > 0) return page;
      return { ...page, items: [...page.items, message].sort((a, b) => a.seq - b.seq) };
    }),
  };
}

const steps: MessageView['state'][] = ['sent', 'delivered', 'read'];

/** Neither words nor receipts take a step back: an answer may arrive after the events that came of it. */
function newer(known: MessageView, message: MessageView): MessageView {
  if (message.version < known.version) return known;
  return isBehind(message, known) ? { ...message, state: known.state } : message;
}

/** The same for what came after what was heard, and may know better of everything but the receipt. */
function later(known: MessageView, heard: MessageView): MessageView {
  if (heard.version > known.version) return newer(known, heard);
  return isBehind(known, heard) ? { ...known, state: heard.state } : known;
}

function isBehind(one: MessageView, other: MessageView): boolean {
  const step = steps.indexOf(one.state);
  return step >= 0 && step < steps.indexOf(other.state);
}
