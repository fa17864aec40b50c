export { LazyMeshSetupFindingsPanel } from './LazyMeshSetupFindingsPanel';
export { LazySetupFindingsPanel } from './LazySetupFindingsPanel';
