import { MESH_SCHEMA } from './protojson/meshSchema';
import type { ProtoField } from './protojson/ProtoSchema';
import { CAMEL_CASE_ONLY } from './readMeshConfig';

/** A field that istiod passes over, since its API has none of that name there. */
export interface UnknownField {
  path: Array<string | number>;
  name: string;
  /** The message of Istio's API that lacks it, such as `ProxyConfig`. */
  message: string;
}

/** More say no more than these. */
const MAX_FIELDS = 100;

/**
 * The fields of a mesh config, or of a part of it, that istiod ignores without a word
 * (protomarshal allows unknown fields).
 *
 * @param type - name of the message: `MeshConfig`, `ProxyConfig` …
 */
export function unknownFields(type: string, value: unknown): UnknownField[] {
  const found: UnknownField[] = [];
  collect(type, value, [], found);
  return found.slice(0, MAX_FIELDS);
}

function collect(
  type: string,
  value: unknown,
  path: Array<string | number>,
  found: UnknownField[],
): void {
  const message = MESH_SCHEMA.message(type);
  if (!message || !isRecord(value) || found.length >= MAX_FIELDS) return;
  for (const [name, item] of Object.entries(value)) {
    const field = message.get(name);
    const at = [...path, name];
    if (!field || isOtherSpelling(type, field, name)) {
      found.push({ path: at, name, message: type });
    } else {
      collectField(field, item, at, found);
    }
  }
}

function collectField(
  { kind, type }: ProtoField,
  value: unknown,
  path: Array<string | number>,
  found: UnknownField[],
): void {
  if (kind === 'single') {
    collect(type, value, path, found);
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => collect(type, item, [...path, i], found));
  } else if (isRecord(value)) {
    Object.entries(value).forEach(([key, item]) =>
      collect(type, item, [...path, key], found),
    );
  }
}

/** Two fields at the top are read in camelCase alone. */
function isOtherSpelling(
  type: string,
  { jsonName }: ProtoField,
  name: string,
): boolean {
  return (
    type === 'MeshConfig' &&
    name !== jsonName &&
    CAMEL_CASE_ONLY.some(only => only === jsonName)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
