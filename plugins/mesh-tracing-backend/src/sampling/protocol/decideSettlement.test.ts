import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import type { ChangeRecord, OverrideState } from './ChangeRecord';
import { expiryRecord, revertRecord, writeRecord } from './changeRecords';
import {
  decideSettlement,
  WRITE_GRACE_MS,
  type Evidence,
  type SettlementDecision,
} from './decideSettlement';
import { stateOf } from './overrideState';

const BEGUN = new Date('2026-11-20T12:00:00.000Z');
const YOUNG = new Date(BEGUN.getTime() + WRITE_GRACE_MS - 1);
const OLD = new Date(BEGUN.getTime() + WRITE_GRACE_MS);
const TARGET = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
};
const AUTHOR = {
  actor: 'user:default/ada',
  entityRef: 'component:default/cart',
};

/** An override in one version, written by the change with that id. */
function object(
  change: string,
  { uid = 'u1', resourceVersion = '1', end = '2026-11-20T13:00:00.000Z' } = {},
): Telemetry {
  return {
    metadata: {
      namespace: 'shop',
      name: 'mesh-tracing.cart',
      uid,
      resourceVersion,
      annotations: {
        [OVERRIDE_ANNOTATIONS.change]: change,
        [OVERRIDE_ANNOTATIONS.expiresAt]: end,
        [OVERRIDE_ANNOTATIONS.workload]: 'Deployment/cart',
      },
    },
    spec: { tracing: [{ randomSamplingPercentage: 50 }] },
  };
}

const FORMER = object('former');
const ENDED = object('former', { end: '2026-11-20T11:00:00.000Z' });
const MINE = object('mine', { resourceVersion: '2' });
const THEIRS = object('theirs', { resourceVersion: '3' });
const ANEW = object('former', { uid: 'u2', resourceVersion: '9' });

const write = (current?: Telemetry): ChangeRecord =>
  writeRecord(
    AUTHOR,
    { kind: 'apply', target: TARGET, telemetry: MINE, current, reason: 'r' },
    BEGUN,
  );
const REVERT = revertRecord(AUTHOR, { target: TARGET, object: FORMER }, BEGUN);
const EXPIRY = expiryRecord('main', FORMER, BEGUN);
/** Of the object as `mine` left it. */
const LATER = writeRecord(
  AUTHOR,
  {
    kind: 'apply',
    target: TARGET,
    telemetry: THEIRS,
    current: MINE,
    reason: undefined,
  },
  BEGUN,
);
const REMEMBERED: OverrideState = stateOf('main', THEIRS, LATER, 0);

function inWords(decision: SettlementDecision): string {
  if (decision.do !== 'settle') {
    return decision.do;
  }
  const { goneFirst, settlement } = decision;
  const how =
    settlement.outcome === 'succeeded' ? settlement.how : settlement.cause;
  return [
    settlement.outcome,
    how,
    ...('put' in settlement && settlement.put ? ['remembered'] : []),
    ...(goneFirst ? ['after the end of what it wrote is recorded'] : []),
  ].join(', ');
}

type Row = [
  title: string,
  record: ChangeRecord,
  evidence: Evidence,
  young: string,
  old: string,
];

const SAME = 'the same';

const WRITES: Row[] = [
  [
    'the object carries its id',
    write(),
    { object: MINE },
    'succeeded, written, remembered',
    SAME,
  ],
  [
    'the object carries its id, and another attempt wrote it',
    write(),
    { object: MINE, writer: { ...write(), outcome: 'succeeded' } },
    'superseded, repeated',
    SAME,
  ],
  [
    'the object carries its id, and another attempt may still write it',
    write(),
    { object: MINE, writer: write() },
    'succeeded, written, remembered',
    SAME,
  ],
  [
    'a later change was based on it',
    write(),
    { object: THEIRS, later: LATER, remembered: [REMEMBERED] },
    'succeeded, overwritten',
    SAME,
  ],
  [
    'a later change was based on it, and nobody remembers the object',
    write(),
    { object: THEIRS, later: LATER, remembered: [] },
    'succeeded, overwritten, remembered',
    SAME,
  ],
  [
    'a later change was based on it, and the object is gone',
    write(),
    { object: undefined, later: LATER, remembered: [REMEMBERED] },
    'succeeded, overwritten, after the end of what it wrote is recorded',
    SAME,
  ],
  [
    'a later change was based on it, and the object was made anew',
    write(),
    { object: ANEW, later: LATER, remembered: [] },
    'succeeded, overwritten, after the end of what it wrote is recorded',
    SAME,
  ],
  [
    'there is still no object',
    write(),
    { object: undefined },
    'wait',
    'failed, given-up',
  ],
  [
    'the object is still as it was',
    write(FORMER),
    { object: FORMER },
    'wait',
    'failed, given-up',
  ],
  [
    'the object was changed by others',
    write(FORMER),
    { object: THEIRS },
    'wait',
    'superseded, overtaken',
  ],
  [
    'the object was made anew',
    write(FORMER),
    { object: ANEW },
    'wait',
    'superseded, overtaken',
  ],
  [
    'the object is gone that was to be replaced',
    write(FORMER),
    { object: undefined },
    'wait',
    'superseded, overtaken',
  ],
  [
    'an object is there where none was',
    write(),
    { object: FORMER },
    'wait',
    'superseded, overtaken',
  ],
];

const REMOVALS: Row[] = [
  [
    'a revert whose object is gone',
    REVERT,
    { object: undefined },
    'succeeded, removed',
    SAME,
  ],
  [
    'a revert whose object was made anew',
    REVERT,
    { object: ANEW },
    'succeeded, removed',
    SAME,
  ],
  [
    'a revert whose object is there',
    REVERT,
    { object: FORMER },
    'wait',
    'failed, given-up',
  ],
  [
    'a revert whose object is there, changed by others',
    REVERT,
    { object: THEIRS },
    'wait',
    'failed, given-up',
  ],
  [
    'an end whose object is gone',
    EXPIRY,
    { object: undefined },
    'succeeded, removed',
    SAME,
  ],
  [
    'an end whose object is there past its end',
    EXPIRY,
    { object: ENDED },
    'wait',
    'wait',
  ],
  ['an end that was moved on', EXPIRY, { object: FORMER }, 'discard', SAME],
];

describe('a pending change', () => {
  it.each(WRITES)(
    'that writes, where %s, ends the way the cluster shows',
    (_, record, evidence, young, old) => {
      const words = [YOUNG, OLD].map(now =>
        inWords(decideSettlement(record, evidence, now)),
      );
      expect(words).toEqual([young, old === SAME ? young : old]);
    },
  );

  it.each(REMOVALS)(
    'that is %s ends the way the cluster shows',
    (_, record, evidence, young, old) => {
      const words = [YOUNG, OLD].map(now =>
        inWords(decideSettlement(record, evidence, now)),
      );
      expect(words).toEqual([young, old === SAME ? young : old]);
    },
  );
});

/** Where the process that carries a change out stops. */
type CrashPoint = 'before the write' | 'after the write';

/** What happens to the object before somebody looks. */
type Meanwhile =
  | 'nothing'
  | 'others edit it'
  | 'others remove it'
  | 'others make it anew'
  | 'a colleague changes it through the portal';

interface Life {
  kind: 'create' | 'replace' | 'revert' | 'expire';
  crash: CrashPoint;
  meanwhile: Meanwhile;
  ageMs: number;
}

const lives: fc.Arbitrary<Life> = fc.record({
  kind: fc.constantFrom<Life['kind'][]>(
    'create',
    'replace',
    'revert',
    'expire',
  ),
  crash: fc.constantFrom<CrashPoint[]>('before the write', 'after the write'),
  meanwhile: fc.constantFrom<Meanwhile[]>(
    'nothing',
    'others edit it',
    'others remove it',
    'others make it anew',
    'a colleague changes it through the portal',
  ),
  ageMs: fc.integer({ min: 0, max: 2 * WRITE_GRACE_MS }),
});

function recordOf(kind: Life['kind']): ChangeRecord {
  switch (kind) {
    case 'create':
      return write();
    case 'replace':
      return write(FORMER);
    case 'revert':
      return REVERT;
    default:
      return expiryRecord('main', ENDED, BEGUN);
  }
}

/** What stands in the cluster and in the history when somebody looks. */
function evidenceOf({ kind, crash, meanwhile }: Life): Evidence {
  const before = {
    create: undefined,
    replace: FORMER,
    revert: FORMER,
    expire: ENDED,
  }[kind];
  const after = kind === 'create' || kind === 'replace' ? MINE : undefined;
  const left = crash === 'after the write' ? after : before;
  switch (meanwhile) {
    case 'others edit it':
      // An edit leaves the annotations, and with them the id of the change.
      return {
        object: left && {
          ...left,
          metadata: { ...left.metadata, resourceVersion: '5' },
          spec: { tracing: [{ randomSamplingPercentage: 1 }] },
        },
      };
    case 'others remove it':
      return { object: undefined };
    case 'others make it anew':
      return { object: ANEW };
    case 'a colleague changes it through the portal':
      return left === MINE
        ? { object: THEIRS, later: LATER, remembered: [] }
        : { object: left && { ...THEIRS, metadata: { ...THEIRS.metadata } } };
    default:
      return { object: left };
  }
}

describe('wherever the process stops, and whatever happens then,', () => {
  interface Case {
    life: Life;
    decision: SettlementDecision;
    seen: Evidence;
  }
  const isWrite = ({ life: { kind } }: Case) =>
    kind === 'create' || kind === 'replace';
  const outcomeOf = ({ decision }: Case) =>
    decision.do === 'settle' ? decision.settlement.outcome : decision.do;
  const cases: Case[] = fc
    .sample(lives, { numRuns: 2000, seed: 20261120 })
    .map(life => {
      const seen = evidenceOf(life);
      const now = new Date(BEGUN.getTime() + life.ageMs);
      const decision = decideSettlement(recordOf(life.kind), seen, now);
      return { life, decision, seen };
    });
  const exceptions = (
    isMeant: (one: Case) => boolean,
    isTrue: (one: Case) => boolean,
  ) => {
    const meant = cases.filter(isMeant);
    const wrong = meant.filter(one => !isTrue(one));
    return meant.length > 0 ? wrong : 'no case';
  };

  it('a write that was not sent is never said to have succeeded', () => {
    expect(
      exceptions(
        one => isWrite(one) && one.life.crash === 'before the write',
        one => outcomeOf(one) !== 'succeeded',
      ),
    ).toEqual([]);
  });

  it('a write is said to have succeeded where its trace is left', () => {
    expect(
      exceptions(
        one =>
          isWrite(one) &&
          (one.seen.later !== undefined ||
            one.seen.object?.metadata.annotations?.[
              OVERRIDE_ANNOTATIONS.change
            ] === 'mine'),
        one => outcomeOf(one) === 'succeeded',
      ),
    ).toEqual([]);
  });

  it('a removal has succeeded exactly where its object is gone', () => {
    expect(
      exceptions(
        one => !isWrite(one),
        one =>
          (outcomeOf(one) === 'succeeded') ===
          (one.seen.object?.metadata.uid !== 'u1'),
      ),
    ).toEqual([]);
  });

  it('a change of a person is open for as long as a write may take at most', () => {
    expect(
      exceptions(
        ({ life }) => life.kind !== 'expire' && life.ageMs >= WRITE_GRACE_MS,
        ({ decision }) => decision.do === 'settle',
      ),
    ).toEqual([]);
  });

  it('an end is never given up', () => {
    expect(
      exceptions(
        ({ life }) => life.kind === 'expire',
        one => ['succeeded', 'wait', 'discard'].includes(outcomeOf(one)),
      ),
    ).toEqual([]);
  });
});
