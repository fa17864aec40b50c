import fc from 'fast-check';
import { hostileText, shortText } from './hostileInput';
import { FRONTEND, overrideRequest } from '../portal/requests';

const tags = fc.dictionary(
  fc.oneof(shortText, fc.constantFrom('team', 'http.url', 'node_id')),
  fc.oneof(
    shortText.map(value => ({ literal: { value } })),
    shortText.map(name => ({ header: { name } })),
    fc
      .tuple(shortText, shortText)
      .map(([name, defaultValue]) => ({ environment: { name, defaultValue } })),
    shortText.map(value => ({ formatter: { value } })),
  ),
  { maxKeys: 4 },
);

/** A workload that is the caller's, another one, or none. */
export const hostileWorkload = fc.oneof(
  { weight: 4, arbitrary: fc.constant(FRONTEND) },
  fc.constant({ ...FRONTEND, name: 'payments' }),
  fc
    .tuple(fc.constantFrom(...Object.keys(FRONTEND)), hostileText)
    .map(([key, value]) => ({ ...FRONTEND, [key]: value })),
);

/** What a wish or a revert may be for. */
export const anyScope = fc.constantFrom('workload', 'namespace', 'mesh');

/** Wishes that have the form of one: most pass the schema. */
export const hostileWish = fc
  .record(
    {
      workload: hostileWorkload,
      scope: anyScope,
      samplingPercent: fc.oneof(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.constantFrom(null, 0, 100, -0, 5e-324),
      ),
      customTags: tags,
      disableSpanReporting: fc.boolean(),
      disableContextPropagation: fc.boolean(),
      provider: fc.oneof(shortText, fc.constant('jaeger')),
      expiresAt: fc.constantFrom(
        null,
        null,
        new Date(Date.now() + 3_600_000).toISOString(),
        new Date(Date.now() + 3_600_000).toISOString(),
        '9999-12-31T23:59:59Z',
        '0001-01-01T00:00:00Z',
        '2026-02-29T00:00:00Z',
        '2099-01-01T00:00:00.123456789+14:00',
        '1970-01-01T00:00:00-00:00',
      ),
      reason: shortText,
      acceptOtherWorkloads: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(changes => overrideRequest(changes));
