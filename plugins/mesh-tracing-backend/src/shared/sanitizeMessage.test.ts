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
    "Trace store 'main' did not answer within 10 seconds",
    'request/body/samplingPercent must be <= 100',
    'strict decoding error: unknown field "spec.tracing[0].sampling"',
    'The override ends at 2026-11-25T02:30:00.000Z',
    'There is no entity component:default/reviews, or you may not see it',
  ])('leaves what people need: %s', message => {
    expect(sanitizeMessage(message)).toBe(message);
  });
});
