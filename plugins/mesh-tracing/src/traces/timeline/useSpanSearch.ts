import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { findSpans } from './findSpans';
import type { TimelineModel } from './timelineModel';

/**
 * The text that spans are searched for, kept in the URL, and the rows that have it.
 */
export function useSpanSearch(model: TimelineModel) {
  const { parameters, update } = useTracingUrl();
  const [text, setText] = useState(parameters.get('find') ?? '');
  const searched = useDeferredValue(text);
  const found = useMemo(() => findSpans(model, searched), [model, searched]);
  const search = useCallback(
    (next: string) => {
      setText(next);
      update({ find: next || undefined }, { replace: true });
    },
    [update],
  );
  return { text, search, found };
}
