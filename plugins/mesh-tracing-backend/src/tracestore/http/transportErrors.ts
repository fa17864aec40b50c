/** Failures before the store can have begun to answer. */
const CONNECT_FAILURES: Record<string, string> = {
  ECONNREFUSED:
    'refuses the connection; check that it runs, and its host and port',
  ENOTFOUND: 'has a host name that cannot be resolved; check its URL',
  EAI_AGAIN: 'has a host name that cannot be resolved now; check DNS',
  ECONNRESET:
    'closed the connection; check that its URL has the right scheme and port',
  EPIPE: 'closed the connection',
  EHOSTUNREACH: 'cannot be reached: no route to the host',
  ENETUNREACH: 'cannot be reached: no route to its network',
  ETIMEDOUT: 'does not accept the connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'does not accept the connection in time',
  UND_ERR_SOCKET: 'cut the connection before its answer was complete',
};

const NOT_RETRYABLE = new Set(['ENOTFOUND']);

const OTHER_FAILURES: Record<string, string> = {
  UND_ERR_HEADERS_TIMEOUT: 'did not begin to answer in time',
  UND_ERR_BODY_TIMEOUT: 'stopped in the middle of its answer',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH:
    'cut the connection before its answer was complete',
  UND_ERR_HEADERS_OVERFLOW: 'sends headers that are too large',
  HPE_INVALID_CONSTANT: 'does not speak HTTP on this port; check its URL',
  HPE_INVALID_VERSION: 'does not speak HTTP on this port; check its URL',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'does not speak TLS on this port; check whether its URL should begin with http:',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "has a certificate that is not trusted; set 'tls.caFile'",
  SELF_SIGNED_CERT_IN_CHAIN:
    "has a certificate that is not trusted; set 'tls.caFile'",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "has a certificate that is not trusted; set 'tls.caFile'",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "has a certificate that is not trusted; set 'tls.caFile'",
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'has a certificate for another host; check its URL',
  Z_DATA_ERROR: 'sent an answer whose compression is damaged',
  Z_BUF_ERROR: 'sent a compressed answer that was cut',
};

function codeOf(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 5; depth++) {
    if (typeof current !== 'object' || current === null) {
      return '';
    }
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') {
      return code;
    }
    current = cause;
  }
  return '';
}

/** The connection failed while the body was read. */
export class BodyReadError extends Error {
  override name = 'BodyReadError';

  constructor(cause: unknown) {
    super('The body could not be read completely', { cause });
  }
}

/** Whether the same request may succeed at once: only failures to connect. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  if (error instanceof BodyReadError) {
    return false;
  }
  return code in CONNECT_FAILURES && !NOT_RETRYABLE.has(code);
}

/** What happened and what to do, to be put after the name of the store. Holds no secrets. */
export function describeTransportError(error: unknown): string {
  const code = codeOf(error);
  if (error instanceof BodyReadError && code in CONNECT_FAILURES) {
    return 'cut the connection before its answer was complete; look whether it restarted or ran out of memory';
  }
  const known = CONNECT_FAILURES[code] ?? OTHER_FAILURES[code];
  return known ?? `cannot be reached${code ? ` (${code})` : ''}`;
}
