export { askAcceptance } from './askAcceptance';
export { TracingAnswers } from './TracingAnswers';
export { WorkloadTracings } from './WorkloadTracings';
