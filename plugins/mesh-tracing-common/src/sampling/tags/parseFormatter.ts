/** One command operator of an Envoy format string. */
export interface FormatterOperator {
  name: string;
  /** Text between the parentheses; absent = no parentheses. */
  argument?: string;
}

export type ParsedFormatter =
  | { ok: true; operators: FormatterOperator[] }
  | { ok: false; error: string };

/** Operators that read a header or trailer named by the argument. */
export const HEADER_OPERATORS: ReadonlySet<string> = new Set([
  'REQ',
  'RESP',
  'TRAILER',
]);

/**
 * Operators that are built into Envoy, take no argument, and tell nothing
 * secret. Others are refused, since an operator that the proxy does not know
 * makes it reject the whole listener, and some read headers by other ways.
 */
export const PLAIN_OPERATORS: ReadonlySet<string> = new Set([
  'PROTOCOL',
  'RESPONSE_CODE',
  'RESPONSE_CODE_DETAILS',
  'RESPONSE_FLAGS',
  'RESPONSE_FLAGS_LONG',
  'GRPC_STATUS_NUMBER',
  'DURATION',
  'REQUEST_DURATION',
  'REQUEST_TX_DURATION',
  'RESPONSE_DURATION',
  'RESPONSE_TX_DURATION',
  'BYTES_RECEIVED',
  'BYTES_SENT',
  'REQUEST_HEADERS_BYTES',
  'RESPONSE_HEADERS_BYTES',
  'ROUTE_NAME',
  'VIRTUAL_CLUSTER_NAME',
  'UPSTREAM_CLUSTER',
  'UPSTREAM_CLUSTER_RAW',
  'UPSTREAM_HOST',
  'UPSTREAM_LOCAL_ADDRESS',
  'UPSTREAM_REMOTE_ADDRESS',
  'UPSTREAM_TRANSPORT_FAILURE_REASON',
  'UPSTREAM_REQUEST_ATTEMPT_COUNT',
  'DOWNSTREAM_REMOTE_ADDRESS',
  'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_DIRECT_REMOTE_ADDRESS',
  'DOWNSTREAM_LOCAL_ADDRESS',
  'DOWNSTREAM_LOCAL_PORT',
  'DOWNSTREAM_TLS_VERSION',
  'DOWNSTREAM_TLS_CIPHER',
  'DOWNSTREAM_PEER_URI_SAN',
  'REQUESTED_SERVER_NAME',
  'HOSTNAME',
  'CONNECTION_ID',
  'CONNECTION_TERMINATION_DETAILS',
  'FILTER_CHAIN_NAME',
  'STREAM_ID',
]);

const OPERATOR = /^%([A-Z0-9_]+)(?:\((.*?)\))?(?::(\d+))?%/;

/**
 * Parses an Envoy access-log format string: `%OPERATOR(argument):length%`,
 * with `%%` for a percent sign (Envoy: substitution_format_utility). Neither
 * the CRD nor istiod checks it, and a proxy that can't parse it keeps its old
 * listener, so every later change is stuck until it is mended.
 */
export function parseFormatter(format: string): ParsedFormatter {
  const operators: FormatterOperator[] = [];
  let index = 0;
  while (index < format.length) {
    if (format[index] !== '%') {
      index += 1;
    } else if (format[index + 1] === '%') {
      index += 2;
    } else {
      const match = OPERATOR.exec(format.slice(index));
      if (!match?.[1]) {
        return {
          ok: false,
          error: `no operator of the form %NAME(argument):length% begins at character ${
            index + 1
          }`,
        };
      }
      operators.push({ name: match[1], argument: match[2] });
      index += match[0].length;
    }
  }
  return { ok: true, operators };
}

/** Header names that an operator reads: `NAME` or `NAME?OTHER`. */
export function headersOfOperator(operator: FormatterOperator): string[] {
  return HEADER_OPERATORS.has(operator.name)
    ? (operator.argument ?? '').split('?').map(name => name.trim())
    : [];
}
