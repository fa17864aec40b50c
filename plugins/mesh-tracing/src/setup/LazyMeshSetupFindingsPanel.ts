import { lazy } from 'react';

/** `MeshSetupFindingsPanel`, loaded when it is first shown. */
export const LazyMeshSetupFindingsPanel = lazy(() =>
  import('./MeshSetupFindingsPanel').then(m => ({
    default: m.MeshSetupFindingsPanel,
  })),
);
