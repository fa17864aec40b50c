import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  WRITE_DECISIONS,
  writeFailureOf,
  type WriteDecision,
  type WriteFailure,
} from '../protocol/writeDecisions';
import {
  ALLOWED,
  samplingHarness,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';
import { applied } from '../../testing/sampling/recovery';

const FAILURES: Record<WriteFailure, Error[]> = {
  refused: [
    new InputError('schema'),
    new NotAllowedError('RBAC'),
    new AuthenticationError('credentials'),
  ],
  conflict: [new ConflictError('modified')],
  'not-found': [new NotFoundError('gone')],
  unknown: [
    new ServiceUnavailableError('away'),
    new Error('socket hang up'),
    new TypeError('fault'),
  ],
};

describe('the table of what becomes of a change whose write failed', () => {
  it('reads', () => {
    const lines = Object.entries(WRITE_DECISIONS).flatMap(
      ([owner, decisions]) =>
        Object.entries(decisions).map(
          ([failure, { audit, record }]) =>
            `${owner}: ${failure} -> ${record}, audit ${audit}`,
        ),
    );
    expect(lines).toEqual([
      'person: refused -> fail, audit end',
      'person: conflict -> supersede, audit end',
      'person: not-found -> supersede, audit end',
      'person: unknown -> keep, audit open',
      'portal: refused -> keep, audit end',
      'portal: conflict -> discard, audit end',
      'portal: not-found -> keep, audit open',
      'portal: unknown -> keep, audit open',
    ]);
  });

  it.each(
    Object.entries(FAILURES).flatMap(([failure, errors]) =>
      errors.map(error => [error.name, failure, error] as const),
    ),
  )(
    'takes %s for %s, whichever copy of the class it is of',
    (_, failure, error) => {
      const foreign = Object.assign(new Error(error.message), {
        name: error.name,
      });
      expect([error, foreign].map(writeFailureOf)).toEqual([failure, failure]);
    },
  );

  it('takes what is no error for unknown', () => {
    expect(writeFailureOf('away')).toBe('unknown');
  });
});

/** What the store and the auditor must have after each decision. */
const LEFT: Record<WriteDecision['record'], unknown> = {
  fail: expect.objectContaining({ outcome: 'failed', cause: 'refused' }),
  supersede: expect.objectContaining({
    outcome: 'superseded',
    cause: 'conflict',
  }),
  discard: undefined,
  keep: expect.objectContaining({
    outcome: 'pending',
    lastFailure: expect.any(String),
  }),
};

const CHANGES = {
  apply: {
    operation: 'create',
    owner: 'person',
    make: async (harness: SamplingHarness) => {
      const request = await harness.confirm(harness.request());
      return () => harness.service.apply(harness.context(), ALLOWED, request);
    },
  },
  extend: {
    operation: 'replace',
    owner: 'person',
    make: async (harness: SamplingHarness) => {
      await applied(harness);
      const expiresAt = harness.clock.in({ minutes: 90 });
      const request = await harness.confirm(harness.request({ expiresAt }));
      return () => harness.service.apply(harness.context(), ALLOWED, request);
    },
  },
  revert: {
    operation: 'delete',
    owner: 'person',
    make: async (harness: SamplingHarness) => {
      const { uid, resourceVersion } = await applied(harness);
      const { workload } = harness.request();
      return () =>
        harness.service.revert(harness.context(), ALLOWED, {
          workload,
          uid,
          resourceVersion,
        });
    },
  },
  expire: {
    operation: 'delete',
    owner: 'portal',
    make: async (harness: SamplingHarness) => {
      await applied(harness);
      harness.clock.advance({ minutes: 61 });
      return () => harness.expiry.run();
    },
  },
} as const;

const CASES = Object.entries(CHANGES).flatMap(([kind, change]) =>
  Object.entries(FAILURES).map(([failure, [error]]) => ({
    kind,
    failure,
    error: error!,
    change,
    decision: WRITE_DECISIONS[change.owner][failure as WriteFailure],
  })),
);

describe('a change whose write failed', () => {
  let harness: SamplingHarness;
  beforeEach(async () => {
    harness = await samplingHarness();
  });
  afterEach(() => harness.close());

  it.each(CASES)(
    'becomes what the table says: $kind, $failure',
    async ({ kind, change, decision, error }) => {
      const act = await change.make(harness);
      const ends: string[] = [];
      harness.auditor.createEvent.mockImplementation(async ({ eventId }) => ({
        success: async () => void ends.push(`${eventId} succeeded`),
        fail: async () => void ends.push(`${eventId} failed`),
      }));
      harness.cluster.fail(change.operation, 'before', error);
      await Promise.allSettled([act()]);
      const [row] = await harness
        .knex('sampling_history')
        .where({ kind })
        .orderBy('seq', 'desc')
        .select('id');
      const record = row && (await harness.store.find(row.id));
      expect(record).toEqual(LEFT[decision.record]);
      expect(ends).toEqual(
        decision.audit === 'end' ? [`sampling-${kind} failed`] : [],
      );
    },
  );
});
