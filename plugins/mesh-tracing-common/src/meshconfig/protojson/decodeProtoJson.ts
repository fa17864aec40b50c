import { isPresent, type FieldReader } from './FieldReader';
import { formatSeconds, parseGoDuration } from './goDuration';
import { MESH_SCHEMA } from './meshSchema';
import type { ProtoField, ProtoMessage } from './ProtoSchema';

/** A message with JSON names and one form of each value. */
export type DecodedMessage = Record<string, unknown>;

const INT32 = 2 ** 31;
const UINT32 = 2 ** 32;
const INT64 = 2 ** 63;

/**
 * Reads a message of Istio's API from JSON values as istiod does (protomarshal,
 * which is golang/protobuf's jsonpb): both spellings of a name, numbers in
 * quotes, enums by number; unknown fields are left out. What istiod would
 * refuse is a problem, and left out.
 *
 * @param type - name of the message in `MESH_CONFIG_SCHEMA`
 */
export function decodeProtoJson(
  reader: FieldReader,
  type: string,
  value: unknown,
  path: string,
): DecodedMessage | undefined {
  const object = reader.record(value, path);
  const message = MESH_SCHEMA.message(type);
  return object && message && decodeFields(reader, message, object, path);
}

function decodeFields(
  reader: FieldReader,
  message: ProtoMessage,
  object: Record<string, unknown>,
  path: string,
): DecodedMessage {
  const decoded: DecodedMessage = {};
  const chosen = new Map<string, string>();
  for (const [field, raw] of presentFields(message, object)) {
    const at = path ? `${path}.${field.jsonName}` : field.jsonName;
    const value = decodeField(reader, field, raw, at);
    if (value === undefined) continue;
    // Of a oneof the field that is declared last counts: it is set last.
    const other = field.oneOf && chosen.get(field.oneOf);
    if (other) delete decoded[other];
    if (field.oneOf) chosen.set(field.oneOf, field.jsonName);
    decoded[field.jsonName] = value;
  }
  return decoded;
}

/**
 * The fields that an object has, in the order of their declaration. Where both
 * spellings of a name are there, the one in camelCase hides the other, even if
 * its value is null.
 */
function presentFields(
  message: ProtoMessage,
  object: Record<string, unknown>,
): Array<[ProtoField, unknown]> {
  const fields = new Map<ProtoField, unknown>();
  for (const key of Object.keys(object)) {
    const field = message.get(key);
    if (
      field &&
      (key === field.jsonName || !Object.hasOwn(object, field.jsonName))
    ) {
      fields.set(field, object[key]);
    }
  }
  return [...fields]
    .filter(([, raw]) => isPresent(raw))
    .sort(([a], [b]) => a.index - b.index);
}

function decodeField(
  reader: FieldReader,
  field: ProtoField,
  raw: unknown,
  path: string,
): unknown {
  switch (field.kind) {
    case 'list':
      return reader
        .list(raw, path)
        ?.map((item, i) => element(reader, field.type, item, `${path}[${i}]`));
    case 'map': {
      const map = reader.record(raw, path);
      // fromEntries defines own properties, so a key may be __proto__.
      return (
        map &&
        Object.fromEntries(
          Object.keys(map).map(key => [
            key,
            element(reader, field.type, map[key], `${path}.${key}`),
          ]),
        )
      );
    }
    default:
      return decodeValue(reader, field.type, raw, path);
  }
}

/** An element of a list or a map. Null stands for the value that an absent field has. */
function element(
  reader: FieldReader,
  type: string,
  raw: unknown,
  path: string,
): unknown {
  return decodeValue(reader, type, raw, path) ?? absent(type);
}

function absent(type: string): unknown {
  if (type === 'string') return '';
  if (type === 'bool') return false;
  if (MESH_SCHEMA.message(type)) return {};
  return MESH_SCHEMA.enum(type) ? nameOf(type, 0) : 0;
}

function decodeValue(
  reader: FieldReader,
  type: string,
  raw: unknown,
  path: string,
): unknown {
  switch (type) {
    case 'string':
      return reader.text(raw, path);
    case 'bool':
    case 'BoolValue':
      return reader.flag(raw, path);
    case 'double':
      return reader.number(raw, path);
    case 'int32':
    case 'Int32Value':
      return reader.integer(raw, path, { least: -INT32, below: INT32 });
    case 'uint32':
    case 'UInt32Value':
      return reader.integer(raw, path, { least: 0, below: UINT32 });
    case 'Int64Value':
      return reader.integer(raw, path, { least: -INT64, below: INT64 });
    case 'Duration':
      return decodeDuration(reader, raw, path);
    case 'Struct':
      return reader.record(raw, path);
    default:
      return MESH_SCHEMA.enum(type)
        ? decodeEnum(reader, type, raw, path)
        : decodeProtoJson(reader, type, raw, path);
  }
}

function decodeDuration(
  reader: FieldReader,
  raw: unknown,
  path: string,
): string | undefined {
  const text = reader.text(raw, path);
  const ns = text === undefined ? undefined : parseGoDuration(text);
  if (ns !== undefined) return formatSeconds(ns);
  if (text !== undefined) {
    reader.problem(path, 'must be a duration such as 1.5s or 10m');
  }
  return undefined;
}

function decodeEnum(
  reader: FieldReader,
  type: string,
  raw: unknown,
  path: string,
): string | number | undefined {
  const names = MESH_SCHEMA.enum(type);
  if (typeof raw !== 'string') {
    const number = reader.integer(raw, path, { least: -INT32, below: INT32 });
    return number === undefined ? undefined : nameOf(type, number);
  }
  if (names?.has(raw)) return raw;
  reader.problem(
    path,
    `must be one of ${[...(names?.keys() ?? [])].join(', ')}`,
  );
  return undefined;
}

function nameOf(type: string, number: number): string | number {
  const names = [...(MESH_SCHEMA.enum(type) ?? [])];
  return names.find(([, value]) => value === number)?.[0] ?? number;
}
