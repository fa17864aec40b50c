export { TracingInsight } from './TracingInsight';
export { representativeSide, WorkloadTracings } from './WorkloadTracings';
