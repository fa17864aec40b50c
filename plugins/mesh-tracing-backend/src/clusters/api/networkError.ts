import { ApiServerError } from './ApiServerError';

/** System error codes of failures to connect, after which nothing was sent. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const CERTIFICATE =
  /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY)_)/;

/**
 * The ApiServerError for a failure of the network. The message goes to browsers, so
 * it names the system's error code and no address.
 */
export function networkError(error: unknown): ApiServerError {
  const code = String((error as { code?: unknown } | undefined)?.code ?? '');
  if (CERTIFICATE.test(code)) {
    return new ApiServerError(
      'unreachable',
      `its certificate is not accepted (${code}); the connection needs the right certificate authority`,
      { unsent: true },
    );
  }
  return new ApiServerError(
    'unreachable',
    code ? `the connection failed (${code})` : 'the connection failed',
    { unsent: NOT_CONNECTED.has(code) },
  );
}
