import { lazy } from 'react';

/** `YamlCheckPanel`, loaded when it is first shown. */
export const LazyYamlCheckPanel = lazy(() =>
  import('./YamlCheckPanel').then(m => ({ default: m.YamlCheckPanel })),
);
