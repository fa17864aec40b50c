export { LatencyInsight } from './LatencyInsight';
