import type {
  HistoryEntry,
  HistoryResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useLoad, type Load } from '../../shared/states/useLoad';
import { useOlderPages } from '../../shared/states/useOlderPages';

/** Events of a page. */
const PAGE_SIZE = 20;

/** Which page is asked for. */
export interface PageOfHistory {
  limit: number;
  cursor?: string;
}

/** A history as far as it was read. */
export interface HistoryPages {
  /** The newest page; what follows it is in `entries`. */
  newest: Load<HistoryResponse>;
  entries: HistoryEntry[];
  hasOlder: boolean;
  isLoadingOlder: boolean;
  olderError?: unknown;
  loadOlder: () => void;
}

/** All that was shown when an older page came, that page included. */
interface ShownSoFar {
  entries: HistoryEntry[];
  nextCursor?: string;
}

/**
 * Reads a history page by page. A new key begins anew; a new revision reads the
 * newest page again and keeps the older ones.
 */
export function useHistoryPages(
  key: string,
  load: (page: PageOfHistory, signal: AbortSignal) => Promise<HistoryResponse>,
  revision: number = 0,
): HistoryPages {
  const newest = useLoad(
    key,
    signal => load({ limit: PAGE_SIZE }, signal),
    revision,
  );
  const older = useOlderPages<ShownSoFar>(key);
  const shown = older.pages.at(-1);
  const entries = merged(newest.value?.entries, shown?.entries);
  const nextCursor = shown ? shown.nextCursor : newest.value?.nextCursor;
  const loadOlder = () =>
    void older.load(async signal => {
      const page = await load({ limit: PAGE_SIZE, cursor: nextCursor }, signal);
      return {
        entries: merged(entries, page.entries),
        nextCursor: page.nextCursor,
      };
    });
  return {
    newest,
    entries,
    hasOlder: nextCursor !== undefined,
    isLoadingOlder: older.isLoading,
    olderError: older.error,
    loadOlder,
  };
}

/**
 * Two parts of a history, the newest first; of an event in both, the newer part's
 * version.
 */
function merged(
  newer: HistoryEntry[] = [],
  rest: HistoryEntry[] = [],
): HistoryEntry[] {
  const ids = new Set(newer.map(({ id }) => id));
  return [...newer, ...rest.filter(({ id }) => !ids.has(id))];
}
