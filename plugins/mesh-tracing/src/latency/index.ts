export { LazyLatencyView } from './LazyLatencyView';
export { RequestsLine } from './requests/RequestsLine';
export { useRatioText } from './useRatioText';
