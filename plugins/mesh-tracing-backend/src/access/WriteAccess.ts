import type { OverrideScope } from 'backstage-plugin-mesh-tracing-common';

/** Whether the caller may change sampling here, and if not, why in one sentence. */
export type WriteAccess =
  | {
      allowed: true;
      /** Owners for whom the caller acts; absent where it acts for itself. */
      onBehalfOf?: string[];
    }
  | {
      allowed: false;
      reason: string;
      /**
       * Set where the only obstacle is that the entity may not stand for the
       * workload.
       */
      refusedBy?: 'binding';
    };

/** The answer for each scope of a change. */
export type ScopeAccess = Record<OverrideScope, WriteAccess>;
