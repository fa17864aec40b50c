import { parseYaml } from '../yaml';
import type { MeshConfig } from './MeshConfig';
import type { DecodedMessage } from './protojson/decodeProtoJson';
import { FieldReader } from './protojson/FieldReader';
import { mergeMeshConfig } from './mergeMeshConfig';
import { meshConfigRefusal } from './meshConfigRefusal';
import { decodeMeshConfig } from './readMeshConfig';

/** A mesh config from the texts that istiod reads it from. @public */
export interface AppliedMeshConfig {
  /** By Istio's JSON names; fields that Istio does not know are left out. */
  meshConfig: MeshConfig;
  /**
   * For each text the reason why istiod refuses it; undefined where it accepts
   * it.
   */
  refusals: Array<string | undefined>;
}

/**
 * Reads a mesh config as istiod does: each text is YAML 1.1 in either spelling,
 * and is applied over those before it. A text that istiod refuses is left out.
 *
 * @param texts - the shared one first (istiod's `SHARED_MESH_CONFIG`), then its
 *   own
 * @public
 */
export function applyMeshConfigTexts(
  texts: readonly string[],
): AppliedMeshConfig {
  let meshConfig: DecodedMessage = {};
  const refusals = texts.map(text => {
    const read = applyText(meshConfig, text);
    if (typeof read === 'string') return read;
    meshConfig = read;
    return undefined;
  });
  return { meshConfig: meshConfig as MeshConfig, refusals };
}

/** The mesh config with this text, or why it is refused. */
function applyText(
  base: DecodedMessage,
  text: string,
): DecodedMessage | string {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    return `is not YAML: ${error instanceof Error ? error.message : error}`;
  }
  const reader = new FieldReader();
  const decoded = decodeMeshConfig(reader, value ?? {});
  const problem = reader.problems.find(
    ({ acceptedByIstio }) => !acceptedByIstio,
  );
  if (problem) {
    return `${problem.path || 'it'} ${problem.message}`;
  }
  const merged = mergeMeshConfig(base, decoded);
  return meshConfigRefusal(merged) ?? merged;
}
