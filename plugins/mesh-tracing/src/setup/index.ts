export { LazySetupFindingsPanel } from './LazySetupFindingsPanel';
