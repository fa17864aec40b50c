export { ConditionalPanel } from './conditional/ConditionalPanel';
export { FindTrace } from './FindTrace';
export { LocateTrace } from './LocateTrace';
