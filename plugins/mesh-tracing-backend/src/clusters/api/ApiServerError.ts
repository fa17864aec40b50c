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
 * - `refused`: the API server answered with an error status.
 * - `unreachable`: no connection, or it broke.
 * - `timeout`: no answer in time.
 * - `unexpected`: an answer that no API server gives, such as a login page.
 * - `credentials`: what the connection needs could not be read.
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
  /** HTTP status, with kinds `refused` and `unexpected`. */
  readonly statusCode?: number;
  readonly status?: ApiStatus;
  /** From `Retry-After`. */
  readonly retryAfterMs?: number;
  /** True when the request can not have reached the API server. */
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
