import { useState } from 'react';
import { formatTags, parseTags } from './tagFilterText';
import type { TraceFilters } from './traceFilters';

/**
 * What is typed into the form but not yet searched for. It begins anew when the
 * URL brings other filters, by a link or the browser's history; the form itself
 * stays, and with it the focus.
 */
export function useFilterDraft(filters: TraceFilters) {
  const key = JSON.stringify(filters);
  const [begunFrom, setBegunFrom] = useState(key);
  const [draft, setDraft] = useState(filters);
  const [tagText, setTagText] = useState(formatTags(filters.tags));
  const reset = (next: TraceFilters) => {
    setDraft(next);
    setTagText(formatTags(next.tags));
  };
  if (begunFrom !== key) {
    setBegunFrom(key);
    reset(filters);
  }
  const tags = parseTags(tagText);
  return {
    draft,
    tagText,
    tags,
    /** The first that is not `key=value`. */
    badTag: tags.find(tag => !/^[^=]+=.+$/.test(tag)),
    change: (patch: Partial<TraceFilters>) =>
      setDraft(current => ({ ...current, ...patch })),
    setTagText,
    reset,
  };
}
