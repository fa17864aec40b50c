export { SetupFindingsPanel } from './SetupFindingsPanel';
