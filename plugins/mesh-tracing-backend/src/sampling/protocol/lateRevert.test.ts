import type { ChangeRecord } from './ChangeRecord';
import { lateRevert } from './lateRevert';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const OVERRIDE = { name: 'mesh-tracing.cart', uid: 'u1' };
const MINUTE_MS = 60_000;

const GIVEN_UP: ChangeRecord = {
  id: 'revert',
  atMs: NOW.getTime() - MINUTE_MS,
  kind: 'revert',
  outcome: 'failed',
  cause: 'given-up',
  actor: 'user:default/ada',
  entityRef: 'component:default/cart',
  workload: {
    cluster: 'main',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
  },
  telemetryName: OVERRIDE.name,
  baseUid: 'u1',
};
const other = (overrides: Partial<ChangeRecord>): ChangeRecord => ({
  ...GIVEN_UP,
  id: 'other',
  cause: undefined,
  outcome: 'succeeded',
  ...overrides,
});

describe('a revert that was given up and may have removed an override that is gone', () => {
  it.each<[string, ChangeRecord[], boolean]>([
    ['is the last thing that happened to it', [GIVEN_UP], true],
    [
      'is older than what did not change it',
      [
        other({ kind: 'apply', outcome: 'failed' }),
        other({ kind: 'apply', telemetryName: 'another' }),
        GIVEN_UP,
      ],
      true,
    ],
    [
      'is none where the override changed after it',
      [other({ kind: 'outside-change' }), GIVEN_UP],
      false,
    ],
    [
      'is none where a change of it is under way',
      [other({ kind: 'extend', outcome: 'pending' }), GIVEN_UP],
      false,
    ],
    ['is none of another object', [{ ...GIVEN_UP, baseUid: 'u2' }], false],
    [
      'is none that the API server refused',
      [{ ...GIVEN_UP, cause: 'refused' }],
      false,
    ],
    [
      'is none of more than ten minutes ago',
      [{ ...GIVEN_UP, atMs: NOW.getTime() - 10 * MINUTE_MS - 1 }],
      false,
    ],
    [
      'may be one of a clock that is ahead',
      [{ ...GIVEN_UP, atMs: NOW.getTime() + 10 * MINUTE_MS }],
      true,
    ],
  ])('%s', (_, records, isLate) => {
    expect(lateRevert(records, OVERRIDE, NOW)?.id).toBe(
      isLate ? 'revert' : undefined,
    );
  });
});
