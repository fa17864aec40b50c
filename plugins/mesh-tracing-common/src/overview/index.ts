export type { OverviewFigures } from './OverviewFigures';
export {
  type FailedShare,
  type OverviewVerdict,
  VERDICT_LEVELS,
  type VerdictLevel,
  type VerdictReason,
  type VerdictSource,
} from './OverviewVerdict';
export {
  adviseOnNoTraces,
  type NoTracesAdvice,
  type NoTracesReason,
} from './adviseOnNoTraces';
export { distinctFindings, judgeOverview } from './judgeOverview';
