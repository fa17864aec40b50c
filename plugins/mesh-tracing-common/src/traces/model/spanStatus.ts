import type { SpanStatus } from './Trace';

/**
 * From OTLP's status code, which protobuf's JSON may write as a number, as that
 * number in quotes or by its name, or from Jaeger's tag `otel.status_code`.
 */
export function spanStatusOf(code: unknown): SpanStatus {
  if (typeof code !== 'number' && typeof code !== 'string') {
    return 'unset';
  }
  switch (
    String(code)
      .toUpperCase()
      .replace(/^STATUS_CODE_/, '')
  ) {
    case '2':
    case 'ERROR':
      return 'error';
    case '1':
    case 'OK':
      return 'ok';
    default:
      return 'unset';
  }
}
