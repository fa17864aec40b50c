const HEADERS = new Set([
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-flags',
  'b3',
  'traceparent',
  'tracestate',
  'x-request-id',
  'x-ot-span-context',
  'x-datadog-trace-id',
  'sw8',
  'grpc-trace-bin',
  'x-cloud-trace-context',
]);
const MIN_HEADERS = 2;

/**
 * Whether a text is a mere list of trace headers, one a line, as guides print them
 * among their YAML.
 */
export function isHeaderList(text: string): boolean {
  const words = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line =>
      (line.replace(/^- /, '').split(/[\s#:]/)[0] ?? '').toLowerCase(),
    );
  const headers = words.filter(word => HEADERS.has(word));
  return headers.length >= MIN_HEADERS && headers.length * 2 > words.length;
}
