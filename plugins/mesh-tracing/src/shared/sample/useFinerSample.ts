import type { SampleLevel } from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StatisticsQuery } from '../api/MeshTracingApi';
import { useLatestSignal } from '../states/useLatestSignal';
import type { SampledAnswer } from './useSampledLoad';

/** What was read beyond a first answer. */
interface Finer<T> {
  /** The answer that it belongs to. */
  first?: T;
  value?: T;
  /** The level that is being read. */
  level?: SampleLevel;
  error?: unknown;
}

/**
 * Reads more of the window of an answer: by itself after a quick one, and any
 * level when asked to. A new first answer forgets what belongs to the former one.
 */
export function useFinerSample<T extends SampledAnswer>(
  first: T | undefined,
  load: (query: StatisticsQuery, signal: AbortSignal) => Promise<T>,
): Finer<T> & { read: (level: SampleLevel) => void } {
  const [state, setState] = useState<Finer<T>>({});
  const { begin, giveUp } = useLatestSignal();
  const loadRef = useRef(load);
  loadRef.current = load;

  const read = useCallback(
    (level: SampleLevel) => {
      if (!first) {
        return;
      }
      const { startTimeMs, endTimeMs } = first;
      const signal = begin();
      const settle = (next: Omit<Finer<T>, 'first'>) => {
        if (!signal.aborted) {
          setState(last => ({ ...of(last, first), level: undefined, ...next }));
        }
      };
      settle({ level, error: undefined });
      loadRef.current({ startTimeMs, endTimeMs, sample: level }, signal).then(
        value => settle({ value }),
        error => settle({ error }),
      );
    },
    [first, begin],
  );

  const isAutomatic = wantsMore(first);
  useEffect(() => {
    if (isAutomatic) {
      read('normal');
    }
    return giveUp;
  }, [isAutomatic, read, giveUp]);

  if (isAutomatic && state.first !== first) {
    return { level: 'normal', read };
  }
  return { ...of(state, first), read };
}

/** Whether an answer is the first look alone. */
function wantsMore(answer: SampledAnswer | undefined): boolean {
  return answer?.sample?.level === 'quick' && answer.sample.canRefine;
}

function of<T>(state: Finer<T>, first: T | undefined): Finer<T> {
  return state.first === first ? state : { first };
}
