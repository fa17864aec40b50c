export { AlertsOnDemand } from './AlertsOnDemand';
export { LazyAlertRulesPanel, LazyOwnedAlertRulesPanel } from './lazyPanels';
