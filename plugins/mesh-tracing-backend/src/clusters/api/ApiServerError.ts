/** The parts of a Kubernetes `Status` that say what went wrong. */
export interface ApiStatus {
  message?: string;
  reason?: string;
  details?: {
    causes?: Array<{ reason?: string; message?: string; field?: string }>;
    retryAfterSeconds?: number;
  };
}

/**
 * How a request failed, which decides whether and when it is tried again:
 *
 * - `refused`: the API server answered with an error status.
 * - `unreachable`: no connection, or it broke.
 * - `timeout`: no answer in time.
 * - `unexpected`: an answer that no API server gives, such as a login page.
 * - `credentials`: what the connection needs, such as a token file, could not be read.
 */
export type ApiServerErrorKind =
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'unexpected'
  | 'credentials';

/** A request to an API server that failed. Never contains credentials. */
export class ApiServerError extends Error {
  override readonly name = 'ApiServerError';
  readonly kind: ApiServerErrorKind;
  /** HTTP status; only with the kinds `refused` and `unexpected`. */
  readonly statusCode?: number;
  readonly status?: ApiStatus;
  /** Delay that the header `Retry-After` asks for. */
  readonly retryAfterMs?: number;
  /**
   * True when the request can not have reached the API server, so that nothing was
   * changed.
   */
  readonly unsent: boolean;

  constructor(
    kind: ApiServerErrorKind,
    message: string,
    answer: {
      statusCode?: number;
      status?: ApiStatus;
      retryAfterMs?: number;
      unsent?: boolean;
    } = {},
  ) {
    super(message);
    this.kind = kind;
    this.statusCode = answer.statusCode;
    this.status = answer.status;
    this.retryAfterMs = answer.retryAfterMs;
    this.unsent = answer.unsent ?? kind === 'credentials';
  }
}
