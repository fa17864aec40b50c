import type { Span } from '../model/Trace';
import { matchesSpanFilters } from './matchesTraceQuery';

const span: Span = {
  spanId: '1',
  service: 'web',
  operation: 'GET /',
  kind: 'server',
  status: 'unset',
  offsetUs: 0,
  durationUs: 1,
  attributes: { own: '1' },
  resource: { host: 'h' },
  scope: { name: 'http', version: '1.2', attributes: { team: 'pay' } },
  events: [{ offsetUs: 0, name: 'e', attributes: { level: 'warn' } }],
  links: [{ traceId: 'a', spanId: 'b', attributes: { reason: 'batch' } }],
  warnings: [],
};

describe('the attributes that a filter looks at', () => {
  it.each([
    ['the span', 'own', '1'],
    ['its resource', 'host', 'h'],
    ['its events', 'level', 'warn'],
    ['its links', 'reason', 'batch'],
    ['its scope', 'otel.scope.name', 'http'],
    ["its scope's version", 'scope.version', '1.2'],
    ["its scope's attributes", 'team', 'pay'],
    ["its service's name", 'service.name', 'web'],
  ])('are those of %s', (_, key, value) => {
    const window = { services: ['web'], startTimeMs: 0, endTimeMs: 1 };
    const passes = (wanted: string) =>
      matchesSpanFilters(span, { ...window, attributes: { [key]: wanted } });
    expect(passes(value)).toBe(true);
    expect(passes(`${value} not`)).toBe(false);
  });
});
