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
 * concatenated as a gRPC gateway streams them). Undefined when a value is cut.
 */
export function parseJsonSequence(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return parseEach(text);
  }
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
    } else if (code === 34) {
      inString = true;
    } else if (code === 123 || code === 91) {
      if (depth === 0) {
        from = i;
      }
      depth += 1;
    } else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0 && from >= 0) {
        try {
          values.push(JSON.parse(text.slice(from, i + 1)));
        } catch {
          return undefined;
        }
        from = -1;
      }
    }
  }
  return depth === 0 && values.length > 0 ? values : undefined;
}
