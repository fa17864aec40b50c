export { DiagnosisHint } from './DiagnosisHint';
export { LazyDiagnosisView } from './LazyDiagnosisView';
