export { measureEntity } from './measureEntity';
export { LatencyAnswers } from './LatencyAnswers';
export { RequestAnswers } from './RequestAnswers';
