export { LazySamplingView } from './LazySamplingView';
export { HistoryList } from './history/HistoryList';
export { useHistoryPages } from './history/useHistoryPages';
export { OverrideEnd } from './override/OverrideEnd';
