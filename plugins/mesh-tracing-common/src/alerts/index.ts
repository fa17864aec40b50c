export type { AlertFacts } from './AlertContext';
export { type AlertFiles, alertFiles } from './alertFiles';
export { type AlertPullRequest, alertPullRequest } from './alertPullRequest';
export type {
  AlertGroup,
  AlertRule,
  LeftOutBurnRate,
  RecordingRule,
  SeriesNeed,
} from './AlertRule';
export type { AlertedWorkload, AlertSubject } from './AlertSubject';
export {
  type AlertMetricsFacts,
  type AlertWishes,
  entityAlertGroup,
  storeAlertGroup,
} from './buildAlertGroups';
export { lossMetricsExpression } from './lostSpansRules';
export { joinSharedNames } from './joinSharedNames';
