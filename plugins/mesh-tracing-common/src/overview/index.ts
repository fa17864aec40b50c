export {
  VERDICT_LEVELS,
  type FailedShare,
  type OverviewVerdict,
  type VerdictLevel,
  type VerdictReason,
  type VerdictSource,
} from './OverviewVerdict';
export { distinctFindings, judgeOverview } from './judgeOverview';
export { type OverviewFigures } from './OverviewFigures';
export {
  adviseOnNoTraces,
  type NoTracesAdvice,
  type NoTracesReason,
} from './adviseOnNoTraces';
