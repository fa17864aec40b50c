export { LatencyAnswers } from './LatencyAnswers';
export { measureEntity } from './measureEntity';
export { RequestAnswers } from './RequestAnswers';
