import { lazy } from 'react';

/** `TraceView`, loaded when it is first shown. */
export const LazyTraceView = lazy(() =>
  import('./trace/TraceView').then(m => ({ default: m.TraceView })),
);
