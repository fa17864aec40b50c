export { LazyLatencyView } from './LazyLatencyView';
export { useRatioText } from './useRatioText';
