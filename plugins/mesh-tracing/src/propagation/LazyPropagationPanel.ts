import { lazy } from 'react';

/** `PropagationPanel`, loaded when it is first shown. */
export const LazyPropagationPanel = lazy(() =>
  import('./PropagationPanel').then(m => ({ default: m.PropagationPanel })),
);
