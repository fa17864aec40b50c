import { lazy } from 'react';

/** `MissingAnnotation`, loaded when it is shown: the first view writes no YAML else. */
export const LazyMissingAnnotation = lazy(() =>
  import('./MissingAnnotation').then(m => ({ default: m.MissingAnnotation })),
);
