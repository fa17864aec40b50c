export { LatencyAnswers } from './LatencyAnswers';
export { RequestAnswers } from './RequestAnswers';
