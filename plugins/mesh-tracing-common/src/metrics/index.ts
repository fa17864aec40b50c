export {
  callsOf,
  classicObservationsOf,
  failuresOf,
  type HistogramForm,
  nativeObservationsOf,
  quantileOf,
  type RateRange,
  samplesOf,
} from './expressions';
export type {
  MeasuredSubject,
  MetricsLabels,
  MetricsNaming,
} from './MetricsNaming';
export {
  type MetricsSchema,
  metricsSchema,
  siteMatchers,
} from './MetricsSchema';
export {
  equals,
  oneOf,
  promQlDuration,
  promQlNumber,
  promQlText,
  sumBy,
} from './promQl';
