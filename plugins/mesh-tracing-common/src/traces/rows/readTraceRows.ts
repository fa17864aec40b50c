import { limitTrace } from '../analyse/limitTrace';
import { StoreStreamError } from '../decode/StoreStreamError';
import { OddBodyError } from '../scan/JsonCursor';
import { decodeTraces, type TraceFormat } from '../scan/readSpanTable';
import { RowsScan } from './RowsScan';
import { rowsOfTrace } from './rowsOfTrace';
import { ScannedTrace } from './ScannedTrace';
import type { ReadTrace } from './TraceRows';

function scanTrace(
  body: Uint8Array,
  format: TraceFormat,
  traceId: string,
): ReadTrace | undefined {
  const scan = new RowsScan(body, traceId);
  if (format === 'jaeger') {
    scan.readJaeger();
  } else {
    scan.readOtlp();
  }
  return scan.columns.count > 0 ? new ScannedTrace(scan) : undefined;
}

/**
 * Reads one trace of a body, span by span, capped for a browser. The JSON of its
 * spans is that of `limitTrace`, of what `decodeTraces` gives, but made from the
 * body's bytes, which takes about as long as parsing them; a body that needs
 * repair goes that way. Undefined when the body lacks the trace.
 *
 * @throws as `decodeTraces`
 * @public
 */
export function readTraceRows(
  body: Uint8Array,
  format: TraceFormat,
  traceId: string,
): ReadTrace | undefined {
  try {
    return scanTrace(body, format, traceId);
  } catch (error) {
    if (!isForTolerantReader(error)) {
      throw error;
    }
    const trace = decodeTraces(body, format).find(
      candidate => candidate.traceId === traceId,
    );
    return trace && rowsOfTrace(limitTrace(trace));
  }
}

/** Also of what can't be read at all the tolerant reader says best why. */
function isForTolerantReader(error: unknown): boolean {
  return (
    error instanceof OddBodyError ||
    error instanceof SyntaxError ||
    error instanceof StoreStreamError
  );
}
