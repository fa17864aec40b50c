import { lazy } from 'react';

/** `PreviewPanel`, loaded when a change is first previewed. */
export const LazyPreviewPanel = lazy(() =>
  import('./PreviewPanel').then(m => ({ default: m.PreviewPanel })),
);
