import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useAnalytics, useApi } from '@backstage/frontend-plugin-api';
import type {
  ApplyResponse,
  ConflictDetails,
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { describeError, meshTracingApiRef } from '../api';
import { newRequestId } from './newRequestId';

/** From a form over its preview to what is in force. */
export type OverrideFlow =
  | { step: 'editing'; error?: unknown; conflict?: ConflictDetails }
  | { step: 'previewing' }
  | Previewed
  | { step: 'applying'; previewed: Previewed }
  | { step: 'applied'; applied: ApplyResponse };

/** A preview to be confirmed; the id makes a second try the same request. */
export interface Previewed {
  step: 'previewed';
  request: OverrideRequest;
  preview: PreviewResponse;
  requestId: string;
  error?: unknown;
}

/** Drives one change; a conflict goes back to the form with its input kept. */
export function useOverrideFlow(
  entityRef: CompoundEntityRef,
  onApplied: () => void,
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

  const preview = useCallback(
    async (request: OverrideRequest) => {
      controller.current?.abort();
      const { signal } = (controller.current = new AbortController());
      setFlow({ step: 'previewing' });
      try {
        const answer = await api.previewOverride(entityRef, request, {
          signal,
        });
        if (!signal.aborted) {
          setFlow({
            step: 'previewed',
            request,
            preview: answer,
            requestId: newRequestId(),
          });
        }
      } catch (error) {
        if (!signal.aborted) {
          setFlow({ step: 'editing', error });
        }
      }
    },
    [api, entityRef],
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
        setFlow({ step: 'applied', applied });
        onApplied();
      } catch (error) {
        const { status, details } = describeError(error);
        setFlow(
          status === 409
            ? { step: 'editing', error, conflict: details?.conflict ?? {} }
            : { ...previewed, error },
        );
      }
    },
    [api, analytics, entityRef, onApplied],
  );

  return { flow, edit, preview, apply };
}
