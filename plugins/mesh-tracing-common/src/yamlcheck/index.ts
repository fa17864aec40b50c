export {
  checkDocuments,
  readYamlText,
  type SplitYaml,
  type YamlCheckMesh,
} from './checkYaml';
export type { YamlFindingDescription } from './findings/YamlFindingDescription';
export {
  yamlFindingCatalog,
  type YamlFindingCode,
} from './findings/yamlFindingCatalog';
export { YAML_CHECK_LIMITS } from './limits';
export type {
  CheckedDocument,
  ClusterYamlCheck,
  SideBrief,
  TelemetryPlacement,
  TracingBrief,
  WorkloadOutcome,
  YamlCheck,
  YamlDocumentKind,
  YamlFinding,
  YamlVerdict,
} from './model/YamlCheck';
export { istioFindings } from './findings/istioFindings';
export { otherFindings } from './findings/otherFindings';
export { textFindings } from './findings/textFindings';
export type { ReadDocument, ReadFailure } from './read/readDocuments';
export type { TextForm } from './split/YamlPiece';
