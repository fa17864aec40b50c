/** How a request ended, as its protocol says it. @public */
export interface StatusCode {
  /** `none`: the span carries no code, as of calls that found nobody. */
  protocol: 'http' | 'grpc' | 'none';
  /** 0 without one. */
  code: number;
}

/**
 * Attributes that carry a status code, best first: OpenTelemetry's newer and
 * older names, which Envoy's are among.
 */
export const STATUS_ATTRIBUTES = [
  'rpc.grpc.status_code',
  'grpc.status_code',
  'http.response.status_code',
  'http.status_code',
] as const;

const GRPC_ATTRIBUTES = 2;
/** Added to codes of gRPC, so that they stand above those of HTTP in one column. */
const GRPC_BASE = 1_000;
const HIGHEST_GRPC = 16;

/**
 * A code as the column holds it: HTTP's as it is, gRPC's above a thousand, 0 for
 * none. A call by gRPC that failed is told by gRPC's code, as HTTP says 200 then.
 *
 * @param read - text of the attribute with that index in `STATUS_ATTRIBUTES`
 */
export function readStatus(
  read: (attribute: number) => string | undefined,
): number {
  for (let i = 0; i < STATUS_ATTRIBUTES.length; i++) {
    const text = read(i);
    const code =
      text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (i < GRPC_ATTRIBUTES && code > 0 && code <= HIGHEST_GRPC) {
      return GRPC_BASE + code;
    }
    if (i >= GRPC_ATTRIBUTES && code >= 100 && code < 600) {
      return code;
    }
  }
  return 0;
}

/** What the column's number stands for. */
export function statusCodeOf(status: number): StatusCode {
  if (status >= GRPC_BASE) {
    return { protocol: 'grpc', code: status - GRPC_BASE };
  }
  return { protocol: status > 0 ? 'http' : 'none', code: status };
}

/** Timeout and too many requests: the called service could not keep up. */
const HTTP_OVERLOADED = [408, 429];
/**
 * Codes with which a server answers a request that it understood and turned
 * down: invalid argument, not found, already exists, permission denied, failed
 * precondition, out of range, unauthenticated.
 * Source: OpenTelemetry, semantic conventions of gRPC, which call no other codes
 * of servers an error.
 */
const GRPC_REFUSALS = [3, 5, 6, 7, 9, 11, 16];

/**
 * Whether a failed request was turned down rather than broken: the service
 * worked and said no, as with 402 for a declined card.
 * @public
 */
export function isRefusal({ protocol, code }: StatusCode): boolean {
  return protocol === 'grpc'
    ? GRPC_REFUSALS.includes(code)
    : code >= 400 && code < 500 && !HTTP_OVERLOADED.includes(code);
}
