export * from './OverviewVerdict';
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
