const MAX_TEXT = 300;

/** Whether the body looks like JSON, whatever its content type says. */
export function looksLikeJson(body: Uint8Array): boolean {
  for (const byte of body) {
    const isSpace = byte === 32 || (byte >= 9 && byte <= 13);
    if (!isSpace) {
      return byte === 123 || byte === 91;
    }
  }
  return false;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/**
 * The message of an error: `errors[0].msg` (legacy), `error.message` (v3), or the
 * text itself. Jaeger sends its JSON errors as text/plain, so only the body
 * counts.
 */
export function answerWords(body: Uint8Array): string {
  const head = body.subarray(0, 64 * 1024);
  const json = looksLikeJson(head) ? parse(head) : undefined;
  const errors = field(json, 'errors');
  const first = Array.isArray(errors) ? errors[0] : undefined;
  const message =
    field(first, 'msg') ??
    field(field(json, 'error'), 'message') ??
    field(json, 'message');
  const text =
    typeof message === 'string' ? message : Buffer.from(head).toString('utf8');
  return text.trim().replace(/\s+/g, ' ').slice(0, MAX_TEXT);
}
