export {
  VERDICT_LEVELS,
  type FailedShare,
  type OverviewVerdict,
  type VerdictLevel,
  type VerdictReason,
  type VerdictSource,
} from './OverviewVerdict';
export {
  distinctFindings,
  judgeOverview,
  type OverviewFigures,
} from './judgeOverview';
export {
  adviseOnNoTraces,
  type NoTracesAdvice,
  type NoTracesReason,
} from './adviseOnNoTraces';
