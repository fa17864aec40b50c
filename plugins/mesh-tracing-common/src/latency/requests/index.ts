export type {
  MeasuredRequests,
  RequestFigures,
  RequestPart,
  RequestPoint,
  RequestSource,
} from './MeasuredRequests';
export {
  requestFindingCatalog,
  type RequestFindingCode,
} from './requestFindingCatalog';
export {
  tracedShare,
  type TracedShare,
  tracedShareFinding,
  type TracedShareInput,
} from './tracedShare';
