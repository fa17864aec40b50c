import { asArray, asRecord, asText } from './json';
import { StoreStreamError } from './StoreStreamError';

/** gRPC's NOT_FOUND. */
const GRPC_NOT_FOUND = 5;

/**
 * The error that a document of an answer holds instead of traces: `{error}` of a
 * gRPC gateway (`httpCode`, `grpcCode` or `code`, `message`).
 * @public
 */
export function gatewayFailure(
  document: unknown,
): StoreStreamError | undefined {
  const error = asRecord(document)?.error;
  if (error === undefined || error === null || error === false) {
    return undefined;
  }
  const record = asRecord(error);
  const httpCode = Number(record?.httpCode);
  const grpcCode = Number(record?.grpcCode ?? record?.code);
  const status = grpcCode === GRPC_NOT_FOUND ? 404 : 500;
  return new StoreStreamError(
    Number.isInteger(httpCode) && httpCode >= 400 ? httpCode : status,
    asText(record?.message) ?? asText(error) ?? '',
  );
}

/**
 * The error of a whole answer in Jaeger's legacy form: `errors` of which one is
 * about no trace. What is said of single traces fails those alone.
 * @public
 */
export function legacyFailure(envelope: unknown): StoreStreamError | undefined {
  const record = asRecord(envelope);
  const error = asArray(record?.errors)
    .map(asRecord)
    .find(item => item && !asText(item.traceID));
  if (!error) {
    return undefined;
  }
  const code = Number(error.code);
  return new StoreStreamError(
    Number.isInteger(code) && code >= 400 ? code : 500,
    asText(error.msg) ?? '',
  );
}
