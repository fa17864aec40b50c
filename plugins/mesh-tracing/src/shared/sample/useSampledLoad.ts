import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  SampleFacts,
  SampleLevel,
} from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef, useState } from 'react';
import { useTracingWindow } from '../address/TracingWindow';
import type { StatisticsQuery, TimeWindow } from '../api/MeshTracingApi';
import { isWithheld } from '../states/isWithheld';
import { useLoad, type Load } from '../states/useLoad';
import { useFinerSample } from './useFinerSample';

/** Statistics of a window; without `sample` they are of all traces. */
export interface SampledAnswer extends TimeWindow {
  sample?: SampleFacts;
}

/** State of statistics that are read in levels, each finer than the one before. */
export interface SampledLoad<T> extends Load<T> {
  /** The level that is being read beyond the one that is shown. */
  refining?: SampleLevel;
  /** Why that level could not be read; what was shown before it stays. */
  refineError?: unknown;
  /**
   * Reads more of the same window, and lets it stand still; absent meanwhile, and
   * where no more is left.
   */
  refine?: () => void;
}

/**
 * Loads statistics of the page's window: first what one round of requests brings,
 * then by itself what views want, of exactly the window that the first answer is
 * of. A refresh asks for the level that is shown already, so that figures don't
 * become less certain while someone looks at them, and waits for what is under
 * way, which would else never come where the store is slower than the refresh.
 */
export function useSampledLoad<T extends SampledAnswer>(
  entityRef: CompoundEntityRef,
  load: (query: StatisticsQuery, signal: AbortSignal) => Promise<T>,
): SampledLoad<T> {
  const { window, rangeKey, revision, setAutoRefresh } = useTracingWindow();
  const key = JSON.stringify([entityRef, rangeKey]);
  const [taken, setTaken] = useState(revision);
  const reached = useRef<{ key: string; level: SampleLevel }>();
  const first = useLoad(
    key,
    signal => {
      const { current } = reached;
      const sample = current?.key === key ? current.level : 'quick';
      return load({ ...window, sample }, signal);
    },
    taken,
  );
  const finer = useFinerSample(first.value, load);
  const value = finer.value ?? first.value;
  // An answer that turned out to be of all traces has no sample, and no level.
  const level = value?.sample?.level ?? (finer.value && 'normal');
  const isBusy = first.loading || finer.level !== undefined;
  useEffect(() => {
    if (level) {
      reached.current = { key, level };
    }
  }, [key, level]);
  useEffect(() => {
    if (!isBusy) {
      setTaken(revision);
    }
  }, [isBusy, revision]);

  if (isWithheld(finer.error)) {
    return {
      ...first,
      value: undefined,
      former: undefined,
      error: finer.error,
    };
  }
  const refine = () => {
    setAutoRefresh(false);
    const next = level === 'quick' ? 'normal' : 'fine';
    if (first.loading) {
      // The refresh under way would replace what is read now.
      reached.current = { key, level: next };
      first.retry();
    } else {
      finer.read(next);
    }
  };
  return {
    ...first,
    value,
    refining: finer.level,
    refineError: finer.error,
    refine:
      finer.level === undefined && value?.sample?.canRefine
        ? refine
        : undefined,
  };
}
