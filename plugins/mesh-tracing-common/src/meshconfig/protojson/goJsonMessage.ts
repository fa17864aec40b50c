/** Go types that Istio's JSON reader decodes into. */
export type GoType =
  | 'map[string]json.RawMessage'
  | '[]json.RawMessage'
  | 'string'
  | 'bool'
  | 'float64';

/**
 * What Go's encoding/json says of a value of the wrong kind, which Istio's
 * webhook passes on; undefined for values that JSON does not have. Numbers in
 * quotes are decoded without these.
 */
export function goJsonMessage(
  value: unknown,
  type: GoType,
): string | undefined {
  if (type === 'float64' && typeof value === 'string') {
    return quotedNumberMessage(value);
  }
  const kind = goKind(value);
  return kind && `json: cannot unmarshal ${kind} into Go value of type ${type}`;
}

/**
 * What Go says of a text in quotes that is no number. Where it begins like one,
 * the message depends on where Go stops reading, so none is given.
 */
function quotedNumberMessage(text: string): string | undefined {
  if (text === '') return 'unexpected end of JSON input';
  return /^[- \d]/.test(text)
    ? undefined
    : `invalid character '${text.charAt(0)}' looking for beginning of value`;
}

function goKind(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'object':
      return 'object';
    case 'boolean':
      return 'bool';
    case 'string':
    case 'number':
      return typeof value;
    default:
      return undefined;
  }
}
