import { decodeJaegerTraces } from '../decode/decodeJaegerTraces';
import {
  decodeOtlpTraces,
  type OtlpReadOptions,
} from '../decode/decodeOtlpTraces';
import type { Trace } from '../model/Trace';
import { parseExact } from '../decode/parseExact';
import { OddBodyError } from './JsonCursor';
import { scanJaegerTraces } from './jaeger/scanJaegerTraces';
import { scanOtlpTraces } from './otlp/scanOtlpTraces';
import type { SpanTable } from '../table/SpanTable';
import { spanTableOf } from '../table/spanTableOf';

/** How a body holds traces: Jaeger's legacy JSON, or OTLP JSON. @public */
export type TraceFormat = 'jaeger' | 'otlp';

/**
 * Reads the traces of a body as objects.
 *
 * @param options - what is read besides; Jaeger's legacy JSON has no such
 * @throws SyntaxError for a body that is not JSON; StoreStreamError for one that
 *   holds an error
 * @public
 */
export function decodeTraces(
  body: Uint8Array,
  format: TraceFormat,
  options: OtlpReadOptions = {},
): Trace[] {
  const text = new TextDecoder().decode(body);
  return format === 'jaeger'
    ? decodeJaegerTraces(parseExact(text))
    : decodeOtlpTraces(text, options);
}

/**
 * Reads the traces of a body into columns. A body in the plain form that Jaeger
 * writes is scanned byte by byte, which takes less time than parsing it as JSON;
 * any other, and one that needs repair, goes through {@link decodeTraces}. Both
 * ways give the same analysis.
 *
 * @throws as {@link decodeTraces}
 * @public
 */
export function readSpanTable(
  body: Uint8Array,
  format: TraceFormat,
): SpanTable {
  try {
    return format === 'jaeger' ? scanJaegerTraces(body) : scanOtlpTraces(body);
  } catch (error) {
    if (!(error instanceof OddBodyError)) {
      throw error;
    }
    return spanTableOf(decodeTraces(body, format));
  }
}
