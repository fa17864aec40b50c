import { bestCpuMs } from '../testing/hostile/cpuMs';
import { sanitizeMessage } from './sanitizeMessage';

describe('sanitizeMessage', () => {
  it.each([
    [
      'dial tcp elasticsearch-0.storage.svc:9200: connection refused',
      'dial tcp (address): connection refused',
    ],
    ['connect ECONNREFUSED 10.1.2.3:16686', 'connect ECONNREFUSED (address)'],
    ['connect ECONNREFUSED [::1]:16686', 'connect ECONNREFUSED (address)'],
    ['GET https://user:secret@jaeger/api failed', 'GET (address) failed'],
    ['sent Bearer abcdef123456', 'sent Bearer (hidden)'],
    [
      "Trace store 'main' is away; caused by Error: getaddrinfo ENOTFOUND db",
      "Trace store 'main' is away",
    ],
  ])('hides what only the log should hold: %s', (message, expected) => {
    expect(sanitizeMessage(message)).toBe(expected);
  });

  it.each([
    [
      'a host and a short port',
      'to db.storage.svc:80, later',
      'to (address), later',
    ],
    ['two dots', 'to foo..bar:9200', 'to (address)'],
    ['a dot at its end', 'to db.storage.svc.:9200', 'to (address)'],
    ['a name without dots', 'to jaeger:16686', 'to (address)'],
    ['a long scheme', `${'s'.repeat(50)}://db/x`, `${'s'.repeat(50)}(address)`],
  ])('hides an address with %s', (_, message, expected) => {
    expect(sanitizeMessage(message)).toBe(expected);
  });

  it('bounds the message, and cuts no address in two', () => {
    const long = `${'word '.repeat(398)}secret-host.storage.svc:9200`;
    const cut = sanitizeMessage(long);
    expect(cut.length).toBeLessThan(2_010);
    expect(cut).not.toContain('secret');
    expect(cut).toMatch(/word …$/);
  });

  it.each(['a.', 'a-', 'a', '1.', ':', '[:', '://', 'Bearer ', 'a.b:1'])(
    'looks at no more than it shows: a megabyte of %j',
    async pump => {
      const text = pump.repeat(1_000_000 / pump.length);
      expect(sanitizeMessage(text)).toBe(sanitizeMessage(text.slice(0, 3_000)));
      expect(sanitizeMessage(text).length).toBeLessThan(2_010);
      // Linear work takes a few milliseconds; quadratic work would take minutes.
      expect(await bestCpuMs(() => sanitizeMessage(text))).toBeLessThan(500);
    },
  );

  it.each([
    "Trace store 'main' did not answer within 10 seconds",
    'request/body/samplingPercent must be <= 100',
    'strict decoding error: unknown field "spec.tracing[0].sampling"',
    'The override ends at 2026-11-25T02:30:00.000Z',
    'There is no entity component:default/reviews, or you may not see it',
  ])('leaves what people need: %s', message => {
    expect(sanitizeMessage(message)).toBe(message);
  });
});
