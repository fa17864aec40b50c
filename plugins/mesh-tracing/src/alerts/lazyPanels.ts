import { lazy } from 'react';

/** `AlertRulesPanel`, loaded when it is first opened. */
export const LazyAlertRulesPanel = lazy(() =>
  import('./AlertRulesPanel').then(m => ({ default: m.AlertRulesPanel })),
);

/** `OwnedAlertRulesPanel`, loaded when it is first opened. */
export const LazyOwnedAlertRulesPanel = lazy(() =>
  import('./OwnedAlertRulesPanel').then(m => ({
    default: m.OwnedAlertRulesPanel,
  })),
);
