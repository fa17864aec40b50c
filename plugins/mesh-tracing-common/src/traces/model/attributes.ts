import { asArray, asRecord, asText } from '../decode/json';
import type { Attributes, AttributeValue } from './Trace';

/** Deeper values are given up as text; hostile input must not exhaust the stack. */
const MAX_VALUE_DEPTH = 16;

/**
 * Adds a value under a key. The same pair twice is dropped; another value under
 * the same key is kept beside the first, as an array.
 *
 * @returns false if the pair was a duplicate
 */
export function addAttribute(
  attributes: Attributes,
  key: string,
  value: AttributeValue,
): boolean {
  if (key === '__proto__') {
    return true;
  }
  if (!Object.hasOwn(attributes, key)) {
    attributes[key] = value;
    return true;
  }
  const present = attributes[key] as AttributeValue;
  if (isSame(present, value) || valuesOf(present).some(v => isSame(v, value))) {
    return false;
  }
  attributes[key] = [...valuesOf(present), value];
  return true;
}

function isSame(a: AttributeValue, b: AttributeValue): boolean {
  return (
    a === b ||
    (typeof a === 'object' &&
      typeof b === 'object' &&
      JSON.stringify(a) === JSON.stringify(b))
  );
}

/** The values of an attribute, of which one that was sent repeatedly has several. */
export function valuesOf(value: AttributeValue | undefined): AttributeValue[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** The texts among the values of an attribute, in the order in which they came. */
export function textsOf(value: AttributeValue | undefined): string[] {
  return valuesOf(value).filter(item => typeof item === 'string');
}

/** A tag of Jaeger JSON. An int64 beyond 2^53 stays the decimal text that was sent. */
export function jaegerTagValue(
  type: unknown,
  value: unknown,
): AttributeValue | undefined {
  switch (typeof value) {
    case 'boolean':
    case 'number':
      return value;
    case 'string':
      break;
    default:
      return value === null || value === undefined
        ? undefined
        : JSON.stringify(value);
  }
  if (type === 'bool' && (value === 'true' || value === 'false')) {
    return value === 'true';
  }
  if (type === 'int64' || type === 'float64') {
    const number = Number(value);
    const exact = type === 'float64' || Number.isSafeInteger(number);
    return value !== '' && Number.isFinite(number) && exact ? number : value;
  }
  return value;
}

/** An `AnyValue` of OTLP JSON. */
export function otlpValue(
  value: unknown,
  depth = 0,
): AttributeValue | undefined {
  const record = asRecord(value);
  if (!record) {
    return undefined;
  }
  if (depth > MAX_VALUE_DEPTH) {
    return '…';
  }
  if (record.stringValue !== undefined) {
    return asText(record.stringValue);
  }
  if (record.boolValue !== undefined) {
    return record.boolValue === true || record.boolValue === 'true';
  }
  if (record.intValue !== undefined) {
    return jaegerTagValue('int64', record.intValue);
  }
  if (record.doubleValue !== undefined) {
    return jaegerTagValue('float64', record.doubleValue);
  }
  if (record.bytesValue !== undefined) {
    return asText(record.bytesValue);
  }
  return otlpComposite(record, depth);
}

function otlpComposite(
  record: Record<string, unknown>,
  depth: number,
): AttributeValue | undefined {
  const array = asRecord(record.arrayValue);
  if (array) {
    return asArray(array.values)
      .map(item => otlpValue(item, depth + 1))
      .filter(item => item !== undefined);
  }
  const list = asRecord(record.kvlistValue);
  return list ? otlpAttributes(list.values, depth + 1) : undefined;
}

/** A list of `KeyValue` of OTLP JSON. */
export function otlpAttributes(list: unknown, depth = 0): Attributes {
  const attributes: Attributes = {};
  for (const item of asArray(list)) {
    const record = asRecord(item);
    const key = asText(record?.key);
    const value = otlpValue(record?.value, depth);
    if (key !== undefined && value !== undefined) {
      addAttribute(attributes, key, value);
    }
  }
  return attributes;
}

/**
 * Whether an `error` attribute says so: the text "false" does not. Of several
 * values one is enough, as in Jaeger UI and Kiali.
 */
export function isErrorAttribute(value: AttributeValue | undefined): boolean {
  return valuesOf(value).some(item => item === true || item === 'true');
}

/**
 * The first text of an attribute, which is removed unless it holds more than
 * that.
 */
export function takeText(
  attributes: Attributes,
  key: string,
): string | undefined {
  const value = attributes[key];
  if (typeof value === 'string') {
    delete attributes[key];
  }
  return textsOf(value)[0];
}
