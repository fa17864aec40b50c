import type { HumanDuration } from '@backstage/types';

export interface Config {
  meshTracing?: {
    /** The embedded mesh: a simulated online shop, to try Mesh Tracing without a cluster. */
    demo?: {
      /** False when absent. */
      enabled?: boolean;
      /** Start even when NODE_ENV is production; false when absent. */
      allowInProduction?: boolean;
      /** The same seed gives the same traffic. */
      seed?: number;
      /** Traffic of this long before the start is made up; an hour when absent. */
      history?: HumanDuration | string;
    };
  };
}
