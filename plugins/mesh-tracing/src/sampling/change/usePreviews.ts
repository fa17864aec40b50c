import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ConflictDetails,
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback } from 'react';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { useLatestSignal } from '../../shared/states/useLatestSignal';
import type { OverrideContent } from '../draft/overrideContent';
import type { Previewed, Renewal } from '../preview/Previewed';
import { newRequestId } from './newRequestId';
import type { OverrideFlow } from './OverrideFlow';

/** Takes the flow through its previews, of which only the newest counts. */
export function usePreviews(
  entityRef: CompoundEntityRef,
  setFlow: (flow: OverrideFlow) => void,
) {
  const api = useApi(meshTracingApiRef);
  const { begin, giveUp } = useLatestSignal();

  /** Previews without showing it; undefined once it failed or was given up. */
  const ask = useCallback(
    async (
      request: OverrideRequest,
      signal: AbortSignal = begin(),
    ): Promise<Previewed | undefined> => {
      setFlow({ step: 'previewing' });
      try {
        const options = { signal };
        const preview = await api.previewOverride(entityRef, request, options);
        const requestId = newRequestId();
        return signal.aborted
          ? undefined
          : { step: 'previewed', request, preview, requestId };
      } catch (error) {
        if (!signal.aborted) {
          setFlow({ step: 'editing', error });
        }
        return undefined;
      }
    },
    [api, begin, entityRef, setFlow],
  );

  /**
   * Previews and shows it, or the conflict with what someone else did meanwhile.
   * With `seen`, the override as the form knows it, null = none.
   */
  const preview = useCallback(
    async (
      request: OverrideRequest,
      options: { seen?: OverrideContent | null; renewed?: Renewal } = {},
    ) => {
      const { renewed, seen } = options;
      const signal = begin();
      const previewed = await ask(request, signal);
      if (!previewed) {
        return;
      }
      const next = await shownNext({ ...previewed, renewed }, seen);
      if (!signal.aborted) {
        setFlow(next);
      }
    },
    [ask, begin, setFlow],
  );
  return { ask, preview, giveUp };
}

/** The preview, unless the override is not any more what the form knows. */
async function shownNext(
  previewed: Previewed,
  seen: OverrideContent | null | undefined,
): Promise<OverrideFlow> {
  try {
    const conflict =
      seen === undefined
        ? undefined
        : await changeSince(seen, previewed.preview);
    return conflict ? { step: 'editing', conflict } : previewed;
  } catch (error) {
    return { step: 'editing', error };
  }
}

async function changeSince(
  seen: OverrideContent | null,
  preview: PreviewResponse,
): Promise<ConflictDetails | undefined> {
  const { changedMeanwhile } = await import('../conflict/overrideYaml');
  return changedMeanwhile(seen, preview);
}
