import { ConfigReader } from '@backstage/config';
import { checkConfigKeys } from './checkConfigKeys';

const check = (meshTracing: object) =>
  checkConfigKeys(new ConfigReader({ meshTracing } as never));

describe('a key below meshTracing that nobody knows', () => {
  it.each([
    [
      { sampling: { maxPercent: 50 } },
      'meshTracing.sampling.maxPercent is not known; write maxPercentage',
    ],
    [
      { sampling: { max_duration: '1h' } },
      'meshTracing.sampling.max_duration is not known; write maxDuration',
    ],
    [
      { sampling: { Writers: 'owners' } },
      'meshTracing.sampling.Writers is not known; write writers',
    ],
    [{ samplings: {} }, 'meshTracing.samplings is not known; write sampling'],
    [
      { sampling: { namespaces: { denny: ['x'] } } },
      'meshTracing.sampling.namespaces.denny is not known; write deny',
    ],
    [
      { sampling: { denyHeaders: ['x'] } },
      'meshTracing.sampling.denyHeaders is not known; it belongs to meshTracing.sampling.customTags.denyHeaders',
    ],
    [
      { clusters: [{ name: 'a' }, { name: 'b', istioNamspace: 'x' }] },
      'meshTracing.clusters[1].istioNamspace is not known; write istioNamespace',
    ],
    [
      { traceStores: [{ jaeger: { auth: { bearer: 't0ken' } } }] },
      'meshTracing.traceStores[0].jaeger.auth.bearer is not known; remove it (known there: type, token, username, password)',
    ],
    [
      { history: { retention: { day: 3 } } },
      'meshTracing.history.retention.day is not known; write days',
    ],
    [
      { sampling: { constructor: 1 } },
      'meshTracing.sampling.constructor is not known',
    ],
  ])('is refused with its path and the right one: %j', (config, message) => {
    expect(() => check(config)).toThrow(`Configuration ${message}`);
  });

  it('is reported without its value, together with all others', () => {
    const all = { sampling: { rateLimits: 's3cr3t' }, demo: { sead: 1 } };
    expect(() => check(all)).toThrow(/rateLimit .*demo\.sead .*write seed/s);
    expect(() => check(all)).not.toThrow(/s3cr3t/);
  });

  it.each([
    {},
    { traceStores: [{ jaeger: { headers: { 'x-any': 'thing' } } }] },
    { sampling: { maxDuration: { hours: 2 }, scopes: ['mesh'] } },
    { sampling: { maxDuration: '2h' } },
    { sampling: null },
  ])('is not reported of %j', config => {
    expect(() => check(config)).not.toThrow();
  });
});
