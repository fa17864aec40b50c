import { lazy } from 'react';

/** `SamplingView`, loaded when it is first shown. */
export const LazySamplingView = lazy(() =>
  import('./SamplingView').then(m => ({ default: m.SamplingView })),
);
