export { SimulatedMeshCluster } from './SimulatedMeshCluster';
