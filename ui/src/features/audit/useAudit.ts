import { useInfiniteQuery } from '@tanstack/react-query';
import { auditEventsList } from '@/api';
import { useWorkspaceId } from '@/app/session';
import { type AuditSearch, auditQuery } from './filter';

const PAGE = 50;
/** The server looks at a bounded stretch for each page; so many in a row may come out empty before somebody asks on. */
const EMPTY_PAGES = 20;

/** The log, page by page. Pages that hold nothing of what is looked for are passed over. */
export function useAudit(search: AuditSearch) {
  const workspace_id = useWorkspaceId();
  return useInfiniteQuery({
    queryKey: ['audit', workspace_id, search],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      let cursor = pageParam;
      for (let looked = 1; ; looked++) {
        const query = { ...auditQuery(search), limit: PAGE, ...(cursor && { cursor }) };
        const { data } = await auditEventsList({ path: { workspace_id }, query, signal });
        cursor = data.next_cursor;
        if (data.items.length > 0 || !cursor || looked === EMPTY_PAGES) return data;
      }
    },
    getNextPageParam: (page) => page.next_cursor,
    // A log that one came back to tells of what happened meanwhile.
    staleTime: 0,
  });
}
