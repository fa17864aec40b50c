export { LatencyView } from './LatencyView';
