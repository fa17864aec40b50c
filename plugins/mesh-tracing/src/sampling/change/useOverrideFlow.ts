import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useAnalytics, useApi } from '@backstage/frontend-plugin-api';
import type {
  ApplyResponse,
  ConflictDetails,
  OverrideRequest,
  PreviewResponse,
  SamplingEffect,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { describeError } from '../../shared/api/describeError';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import type { OverrideContent } from '../draft/overrideContent';
import { newRequestId } from './newRequestId';

/** From a form over its preview to what is in force. */
export type OverrideFlow =
  | { step: 'editing'; error?: unknown; conflict?: ConflictDetails }
  | { step: 'previewing' }
  | Previewed
  | { step: 'applying'; previewed: Previewed }
  | { step: 'applied'; applied: ApplyResponse; effect?: SamplingEffect };

/** A preview to be confirmed; the id makes a second try the same request. */
export interface Previewed {
  step: 'previewed';
  request: OverrideRequest;
  preview: PreviewResponse;
  requestId: string;
  /** Why it takes the place of one that was confirmed. */
  renewed?: Renewal;
  error?: unknown;
}

/** Why a preview that was confirmed could not be applied. */
export interface Renewal {
  /** Too old, or something else than the override changed. */
  because: 'expired' | 'changed';
  /** The server's own words. */
  message: string;
}

/**
 * Drives one change; a conflict goes back to the form with its input kept.
 *
 * @param renew - the request for a preview anew, such as with a later end
 */
export function useOverrideFlow(
  entityRef: CompoundEntityRef,
  onApplied: (applied: ApplyResponse) => void,
  renew: (request: OverrideRequest) => OverrideRequest = same,
) {
  const api = useApi(meshTracingApiRef);
  const analytics = useAnalytics();
  const [flow, setFlow] = useState<OverrideFlow>({ step: 'editing' });
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);

  const edit = useCallback(() => {
    controller.current?.abort();
    setFlow({ step: 'editing' });
  }, []);

  const showConflict = useCallback(
    (conflict: ConflictDetails, error?: unknown) =>
      setFlow({ step: 'editing', error, conflict }),
    [],
  );

  /** Previews without showing it; undefined once it failed or was given up. */
  const ask = useCallback(
    async (request: OverrideRequest): Promise<Previewed | undefined> => {
      controller.current?.abort();
      const { signal } = (controller.current = new AbortController());
      setFlow({ step: 'previewing' });
      try {
        const preview = await api.previewOverride(entityRef, request, {
          signal,
        });
        return signal.aborted
          ? undefined
          : {
              step: 'previewed',
              request,
              preview,
              requestId: newRequestId(),
            };
      } catch (error) {
        if (!signal.aborted) {
          setFlow({ step: 'editing', error });
        }
        return undefined;
      }
    },
    [api, entityRef],
  );

  /** With `seen`, the override as the form knows it, null = none. */
  const preview = useCallback(
    async (
      request: OverrideRequest,
      options: { seen?: OverrideContent | null; renewed?: Renewal } = {},
    ) => {
      const { renewed, seen } = options;
      const previewed = await ask(request);
      const { signal } = controller.current ?? {};
      const settle = (next: OverrideFlow) => !signal?.aborted && setFlow(next);
      if (!previewed) {
        return;
      }
      try {
        const conflict =
          seen !== undefined
            ? await changeSince(seen, previewed.preview)
            : undefined;
        settle(
          conflict
            ? { step: 'editing', conflict }
            : { ...previewed, ...(renewed && { renewed }) },
        );
      } catch (error) {
        settle({ step: 'editing', error });
      }
    },
    [ask],
  );

  const apply = useCallback(
    async (previewed: Previewed, confirmScope?: string) => {
      const { request, requestId } = previewed;
      const { token } = previewed.preview;
      if (token === undefined) {
        return;
      }
      setFlow({ step: 'applying', previewed });
      try {
        const applied = await api.applyOverride(entityRef, {
          override: request,
          token,
          requestId,
          ...(confirmScope !== undefined && { confirmScope }),
        });
        analytics.captureEvent('change', 'sampling override');
        const { effect, reach } = previewed.preview;
        setFlow({
          step: 'applied',
          applied,
          ...(effect && !reach && { effect }),
        });
        onApplied(applied);
      } catch (error) {
        const { status, message, details } = describeError(error);
        const conflict = details?.conflict;
        if (status !== 409) {
          setFlow({ ...previewed, error });
        } else if (conflict && conflict.baseYaml !== conflict.currentYaml) {
          showConflict(conflict, error);
        } else {
          // Nobody changed the override, so there is nothing to compare.
          const because = details?.field === 'token' ? 'expired' : 'changed';
          const again = renew(request);
          await preview(because === 'changed' ? withoutConsent(again) : again, {
            renewed: { because, message },
          });
        }
      }
    },
    [api, analytics, entityRef, onApplied, preview, renew, showConflict],
  );

  return { flow, edit, ask, show: setFlow, showConflict, preview, apply };
}

function same(request: OverrideRequest): OverrideRequest {
  return request;
}

/** Consent was for the workloads of that preview; there may be others now. */
function withoutConsent({
  acceptOtherWorkloads: _given,
  ...request
}: OverrideRequest): OverrideRequest {
  return request;
}

async function changeSince(
  seen: OverrideContent | null,
  preview: PreviewResponse,
): Promise<ConflictDetails | undefined> {
  const { changedMeanwhile } = await import('../conflict/overrideYaml');
  return changedMeanwhile(seen, preview);
}
