export type {
  CallStep,
  EndpointBehaviour,
  MeshBehaviour,
  Phase,
  ServiceBehaviour,
  TrafficSource,
} from './MeshBehaviour';
export { MeshProxies } from './MeshProxies';
export { TrafficSimulator } from './TrafficSimulator';
