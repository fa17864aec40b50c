export { TracingInsight } from './TracingInsight';
export { WorkloadTracings } from './WorkloadTracings';
