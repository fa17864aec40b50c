export { ForcingAnswers } from './ForcingAnswers';
export { SteppedRefusals } from './SteppedRefusals';
export { TraceLocator } from './TraceLocator';
