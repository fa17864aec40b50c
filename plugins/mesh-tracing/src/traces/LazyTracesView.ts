import { lazy } from 'react';

/** `TracesView`, loaded when it is first shown. */
export const LazyTracesView = lazy(() =>
  import('./TracesView').then(m => ({ default: m.TracesView })),
);
