export { readSamplingConfig } from './config/readSamplingConfig';
export { createSampling } from './createSampling';
export type { HistorySubject } from './history/SamplingHistory';
export { MeasuredRequestRateEstimator } from './impact/MeasuredRequestRateEstimator';
export { measureRequests } from './impact/measureRequests';
export type { RequestRateEstimator } from './impact/RequestRateEstimator';
export { observeTraces } from './impact/observeTraces';
export type { SamplingService } from './SamplingService';
export { DatabaseSamplingStore } from './store/DatabaseSamplingStore';
