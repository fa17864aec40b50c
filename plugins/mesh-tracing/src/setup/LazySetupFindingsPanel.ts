import { lazy } from 'react';

/** `SetupFindingsPanel`, loaded when it is first shown. */
export const LazySetupFindingsPanel = lazy(() =>
  import('./SetupFindingsPanel').then(m => ({ default: m.SetupFindingsPanel })),
);
