export { createForcing } from './createForcing';
export { ForcingAnswers } from './ForcingAnswers';
export { SteppedRefusals } from './SteppedRefusals';
export { TraceLocator } from './TraceLocator';
