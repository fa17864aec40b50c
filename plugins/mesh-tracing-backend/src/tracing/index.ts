export { TracingAnswers } from './TracingAnswers';
export { WorkloadTracings } from './WorkloadTracings';
