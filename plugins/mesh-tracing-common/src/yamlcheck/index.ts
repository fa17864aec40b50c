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
