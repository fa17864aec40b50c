import { lazy } from 'react';

/** `DiagnosisView`, loaded when it is first shown. */
export const LazyDiagnosisView = lazy(() =>
  import('./DiagnosisView').then(m => ({ default: m.DiagnosisView })),
);
