import type { YamlStep } from '../../../yaml';
import type { YamlFindings } from '../../findings/YamlFindings';
import type { MeshState } from '../../effect/MeshState';

/** A mesh config within a document of any kind. */
export interface MeshPart {
  /** As it was read; of any shape. */
  value: unknown;
  /** The line of the pasted text in which the value at a path begins. */
  lineOf(path: readonly YamlStep[]): number;
  findings: YamlFindings;
  state: MeshState;
}
