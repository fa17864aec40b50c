import type {
  HistoryEntry,
  HistoryResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef, useState } from 'react';
import { useLoad, type Load } from '../../shared/states/useLoad';

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

interface Older {
  key: string;
  loading: boolean;
  error?: unknown;
  /** All that was shown when the last older page came, that page included. */
  entries?: HistoryEntry[];
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
  const [state, setState] = useState<Older>({ key, loading: false });
  const older = state.key === key ? state : { key, loading: false };
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), [key]);

  const entries = merged(newest.value?.entries, older.entries);
  const nextCursor = older.entries
    ? older.nextCursor
    : newest.value?.nextCursor;
  const loadOlder = async () => {
    controller.current?.abort();
    const { signal } = (controller.current = new AbortController());
    const settle = (next: Partial<Older>) =>
      signal.aborted || setState({ ...older, loading: false, ...next });
    setState({ ...older, loading: true, error: undefined });
    try {
      const page = await load({ limit: PAGE_SIZE, cursor: nextCursor }, signal);
      settle({
        entries: merged(entries, page.entries),
        nextCursor: page.nextCursor,
        error: undefined,
      });
    } catch (error) {
      settle({ error });
    }
  };

  return {
    newest,
    entries,
    hasOlder: nextCursor !== undefined,
    isLoadingOlder: older.loading,
    olderError: older.error,
    loadOlder,
  };
}

/** Newest first; of an event that both have, the newer version. */
function merged(
  newer: HistoryEntry[] = [],
  rest: HistoryEntry[] = [],
): HistoryEntry[] {
  const ids = new Set(newer.map(({ id }) => id));
  return [...newer, ...rest.filter(({ id }) => !ids.has(id))];
}
