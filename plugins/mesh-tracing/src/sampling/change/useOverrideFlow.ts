import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  ApplyResponse,
  ConflictDetails,
  OverrideRequest,
} from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useState } from 'react';
import type { Previewed, Renewal } from '../preview/Previewed';
import type { OverrideFlow } from './OverrideFlow';
import { useApply } from './useApply';
import { usePreviews } from './usePreviews';

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
  const [flow, setFlow] = useState<OverrideFlow>({ step: 'editing' });
  const { ask, preview, giveUp } = usePreviews(entityRef, setFlow);
  const edit = useCallback(() => {
    giveUp();
    setFlow({ step: 'editing' });
  }, [giveUp]);
  const showConflict = useCallback(
    (conflict: ConflictDetails, error?: unknown) =>
      setFlow({ step: 'editing', error, conflict }),
    [],
  );
  const previewAgain = useCallback(
    async ({ request }: Previewed, renewed: Renewal) => {
      const again = renew(request);
      await preview(
        renewed.because === 'changed' ? withoutConsent(again) : again,
        { renewed },
      );
    },
    [preview, renew],
  );
  const apply = useApply({
    entityRef,
    setFlow,
    onApplied,
    showConflict,
    previewAgain,
  });
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
