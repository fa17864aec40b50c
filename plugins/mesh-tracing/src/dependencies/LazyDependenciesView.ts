import { lazy } from 'react';

/** `DependenciesView`, loaded when it is first shown. */
export const LazyDependenciesView = lazy(() =>
  import('./DependenciesView').then(m => ({ default: m.DependenciesView })),
);
