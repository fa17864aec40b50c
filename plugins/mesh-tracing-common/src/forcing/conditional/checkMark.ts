import { isAlwaysDeniedHeader } from '../../sampling';
import {
  MARK_LIMITS,
  type ConditionalMark,
  type ConditionalMarkProblem,
} from './ConditionalMark';

const HEADER = /^[a-z0-9][a-z0-9-]*$/;
/** Nothing that ends or escapes a text in CEL or in Envoy's format strings. */
const VALUE = /^[A-Za-z0-9._@+:/=~-]+$/;

const RESERVED = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'upgrade',
  'expect',
  'traceparent',
  'tracestate',
  'b3',
  'baggage',
  'uber-trace-id',
  'sw8',
  'x-request-id',
  'x-client-trace-id',
  'x-ot-span-context',
]);
const RESERVED_BEGINNINGS = ['x-envoy-', 'x-b3-', 'x-datadog-', 'x-istio-'];

const EVERYWHERE = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-type',
  'origin',
  'referer',
  'user-agent',
  'via',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
]);
const EVERYWHERE_BEGINNINGS = ['sec-fetch-', 'sec-ch-'];

/** What is wrong with a mark; undefined when it can be used. @public */
export function checkMark({
  header,
  value,
}: ConditionalMark): ConditionalMarkProblem | undefined {
  if (header.length > MARK_LIMITS.header || !HEADER.test(header)) {
    return 'header-form';
  }
  if (isOneOf(header, RESERVED, RESERVED_BEGINNINGS)) {
    return 'header-reserved';
  }
  if (isAlwaysDeniedHeader(header)) {
    return 'header-secret';
  }
  if (value === undefined) {
    return isOneOf(header, EVERYWHERE, EVERYWHERE_BEGINNINGS)
      ? 'header-everywhere'
      : undefined;
  }
  return value.length > MARK_LIMITS.value || !VALUE.test(value)
    ? 'value-form'
    : undefined;
}

function isOneOf(
  header: string,
  names: ReadonlySet<string>,
  beginnings: readonly string[],
): boolean {
  return (
    names.has(header) || beginnings.some(start => header.startsWith(start))
  );
}
