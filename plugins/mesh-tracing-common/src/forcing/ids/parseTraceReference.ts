import { normalizeTraceId } from '../../traces';

/** What a text names a trace by. @public */
export type TraceReferenceForm = 'id' | 'traceparent' | 'b3' | 'uber-trace-id';

/**
 * Why a text names no trace. `no-id`: a header of a propagation format that carries
 * a decision alone; `all-zeros`: an id that the formats declare invalid.
 * @public
 */
export type TraceReferenceProblem =
  | 'empty'
  | 'too-long'
  | 'not-hexadecimal'
  | 'wrong-length'
  | 'all-zeros'
  | 'no-id'
  | 'unknown-version';

/** A text that names a trace, or why it names none. @public */
export type TraceReference =
  | {
      /** 32 lower-case hexadecimal digits. */
      traceId: string;
      form: TraceReferenceForm;
    }
  | {
      problem: TraceReferenceProblem;
      /** Of `wrong-length`: how many digits there are. */
      digits?: number;
    };

/** Longer than every header that is read here, with its name. */
const MAX_LENGTH = 300;
const HEADER_NAME =
  /^(traceparent|b3|uber-trace-id|x-b3-traceid|x-client-trace-id)\s{0,5}[:=]\s{0,5}/i;
const QUOTES = /^["']|["']$/g;
/** W3C Trace Context: version, trace id, parent id, flags; later versions add. */
const TRACEPARENT =
  /^([0-9a-f]{2})-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;
/** B3 single header: ids, and optionally the decision and the parent. */
const B3 =
  /^([0-9a-f]{16}|[0-9a-f]{32})-[0-9a-f]{16}(?:-[01d](?:-[0-9a-f]{16})?)?$/;
const B3_DECISION_ALONE = /^[01d]$/;
/** Jaeger's own header: ids with leading zeros cut, parent and flags. */
const UBER = /^([0-9a-f]{1,32}):[0-9a-f]{1,16}:[0-9a-f]{1,16}:[0-9a-f]{1,2}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HEXADECIMAL = /^[0-9a-f]+$/;
/** Some senders cut the zeros that an id begins with. */
const CUT_ZEROS = 3;

/**
 * Reads what people paste to name a trace: an id in either length and case, with the
 * dashes of a UUID, or a whole `traceparent`, `b3` or `uber-trace-id` header, its name
 * and quotation marks included. Takes time in proportion to a bounded text.
 * @public
 */
export function parseTraceReference(text: string): TraceReference {
  if (text.length > MAX_LENGTH) {
    return { problem: 'too-long' };
  }
  const value = text
    .trim()
    .replace(QUOTES, '')
    .replace(HEADER_NAME, '')
    .replace(QUOTES, '')
    .replace(/%3a/gi, ':')
    .toLowerCase();
  if (value === '') {
    return { problem: 'empty' };
  }
  if (B3_DECISION_ALONE.test(value)) {
    return { problem: 'no-id' };
  }
  const traceparent = TRACEPARENT.exec(value);
  if (traceparent) {
    return traceparent[1] === 'ff'
      ? { problem: 'unknown-version' }
      : found(traceparent[2], 'traceparent');
  }
  const b3 = B3.exec(value);
  if (b3) {
    return found(b3[1], 'b3');
  }
  const uber = UBER.exec(value);
  return uber ? found(uber[1], 'uber-trace-id') : bareId(value);
}

function bareId(value: string): TraceReference {
  const digits = UUID.test(value) ? value.replace(/-/g, '') : value;
  if (!HEXADECIMAL.test(digits)) {
    return { problem: 'not-hexadecimal' };
  }
  const isWhole = [16, 32].some(
    whole => digits.length <= whole && digits.length >= whole - CUT_ZEROS,
  );
  return isWhole
    ? found(digits, 'id')
    : { problem: 'wrong-length', digits: digits.length };
}

function found(
  digits: string | undefined,
  form: TraceReferenceForm,
): TraceReference {
  const traceId = normalizeTraceId(digits);
  return traceId ? { traceId, form } : { problem: 'all-zeros' };
}
