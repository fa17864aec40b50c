export {
  meshTracingApiRef,
  type MeshTracingApi,
  type ReportFormat,
  type RequestOptions,
  type TimeWindow,
} from './MeshTracingApi';
export { MeshTracingClient } from './MeshTracingClient';
export { describeError, type DescribedError } from './describeError';
