import { parseExact } from './parseExact';

/** Any JSON object; nothing about its fields is known. */
export type JsonRecord = Record<string, unknown>;

export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

/** The array, or none: stores write null for "empty". */
export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * Splits text that holds several JSON values one after the other (NDJSON, or
 * concatenated as a gRPC gateway streams them). Undefined when a value is cut, or
 * something else stands between the values. Integers that a double cannot hold
 * become texts.
 */
export function parseJsonSequence(text: string): unknown[] | undefined {
  try {
    return [parseExact(text)];
  } catch {
    return parseEach(text);
  }
}

/** Between values: white space, and the record separator of JSON text sequences. */
function isBetween(code: number): boolean {
  return code <= 32;
}

function parseEach(text: string): unknown[] | undefined {
  const values: unknown[] = [];
  let depth = 0;
  let from = -1;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) {
        i += 1;
      } else if (code === 34) {
        inString = false;
      }
    } else if (code === 123 || code === 91) {
      if (depth === 0) {
        from = i;
      }
      depth += 1;
    } else if (depth === 0) {
      if (!isBetween(code)) {
        return undefined;
      }
    } else if (code === 34) {
      inString = true;
    } else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0) {
        try {
          values.push(parseExact(text.slice(from, i + 1)));
        } catch {
          return undefined;
        }
      }
    }
  }
  return depth === 0 && values.length > 0 ? values : undefined;
}
