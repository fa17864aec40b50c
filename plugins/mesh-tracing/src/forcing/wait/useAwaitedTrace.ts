import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { useAwaited, type AwaitTiming, type Awaiting } from './useAwaited';

/** A trace of an entity that is looked for, and opened once it is there. */
export interface AwaitedTrace {
  /** Absent while none is looked for. */
  traceId?: string;
  awaiting: Awaiting<string>;
  await: (traceId: string) => void;
}

/** Looks for traces of an entity and opens them in the tab. */
export function useAwaitedTrace(
  entityRef: CompoundEntityRef,
  timing?: AwaitTiming,
): AwaitedTrace {
  const api = useApi(meshTracingApiRef);
  const { update } = useTracingUrl();
  const [traceId, setTraceId] = useState<string>();
  const wanted = useRef('');
  const awaiting = useAwaited(async signal => {
    const id = wanted.current;
    await isThere(signal, options =>
      api.getTrace(entityRef, id, undefined, options),
    );
    return id;
  }, timing);
  const { awaited, start } = awaiting;
  const found = awaited.state === 'found' ? awaited.value : undefined;
  useEffect(() => {
    if (found !== undefined) {
      update({ view: 'traces', trace: found });
    }
  }, [found, update]);
  const awaitTrace = useCallback(
    (id: string) => {
      wanted.current = id;
      setTraceId(id);
      start();
    },
    [start],
  );
  return { traceId, awaiting, await: awaitTrace };
}

/** Resolves with the first spans, and lets the rest of the answer go. */
async function isThere(
  signal: AbortSignal,
  ask: (options: {
    signal: AbortSignal;
    onProgress: () => void;
  }) => Promise<unknown>,
): Promise<void> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort);
  try {
    await new Promise<void>((resolve, reject) => {
      ask({ signal: controller.signal, onProgress: resolve }).then(
        () => resolve(),
        reject,
      );
    });
  } finally {
    signal.removeEventListener('abort', abort);
    abort();
  }
}
