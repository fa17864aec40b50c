export * from './model';
export * from './quantile';
export * from './latencyStatistics';
