import type { TraceSubject } from 'backstage-plugin-mesh-tracing-common';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';

/** Trace service name of the frontend. */
export const FRONTEND = `frontend.${APP_NAMESPACE}`;

/** The frontend as the product asks for its traces. */
export const frontendSubject: TraceSubject = {
  services: [FRONTEND],
  workloads: [
    {
      namespace: APP_NAMESPACE,
      name: 'frontend-v1',
      canonicalName: 'frontend',
    },
  ],
};
