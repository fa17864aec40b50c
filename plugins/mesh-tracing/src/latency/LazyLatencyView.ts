import { lazy } from 'react';

/** `LatencyView`, loaded when it is first shown. */
export const LazyLatencyView = lazy(() =>
  import('./LatencyView').then(m => ({ default: m.LatencyView })),
);
