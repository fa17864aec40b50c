export { LatencyAnswers } from './LatencyAnswers';
