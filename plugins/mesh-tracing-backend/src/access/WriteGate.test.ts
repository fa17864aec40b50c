import type { Auditor } from '../audit';
import { heldBinding } from '../testing/mesh/heldBinding';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../testing/portal/startMeshTracing';
import { overrideRequest, FRONTEND } from '../testing/portal/requests';
import type { EntityContext } from '../shared/EntityContext';
import type { WriteAccess } from './WriteAccess';
import { WriteGate, type WriteAction } from './WriteGate';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const BY_BINDING: WriteAccess = {
  allowed: false,
  reason: 'Others stand for it',
  refusedBy: 'binding',
};

const context = {
  entityRef: 'component:default/frontend',
  userRef: ADA,
  signal: new AbortController().signal,
  binding: heldBinding([FRONTEND]),
} as unknown as EntityContext;

const override = {
  ...overrideRequest(),
  customTags: undefined,
};
const wishes = {
  preview: override,
  apply: {
    override,
    token: 'x',
    requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
  },
  revert: { workload: FRONTEND, uid: 'u', resourceVersion: '1' },
};

function gate(answer: WriteAccess) {
  const about = jest.fn(async () => answer);
  const attempted = jest.fn(async () => {});
  const opened = WriteGate.create({
    access: { load: async () => context, mayReadTraces: async () => true },
    answers: { about },
    alarm: { attempted },
    auditor: { tell: (async () => {}) as Auditor['tell'] },
  });
  return { opened, about, attempted };
}

describe('the gate before changes of sampling', () => {
  const actions: WriteAction[] = ['preview', 'apply', 'revert'];

  it.each(actions)('asks once for a wish to %s, for its workload', async by => {
    const { about, attempted, opened } = gate({ allowed: true });
    const write = await opened.pass(context, by, wishes[by]);
    expect(write).toMatchObject({ action: by, wish: wishes[by] });
    expect(about.mock.calls).toEqual([[context, FRONTEND, 'workload']]);
    expect(attempted).not.toHaveBeenCalled();
  });

  it.each(actions)('lets nobody %s who does not own the entity', async by => {
    const { opened } = gate({ allowed: false, reason: 'You do not own it' });
    await expect(opened.pass(context, by, wishes[by])).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'You do not own it',
    });
  });

  it.each(actions)(
    'alarms those who stand for a workload when another entity asks to %s',
    async by => {
      const { attempted, opened } = gate(BY_BINDING);
      await opened.pass(context, by, wishes[by]).catch(() => undefined);
      expect(attempted.mock.calls).toEqual([[context, FRONTEND, by]]);
    },
  );

  it('lets nobody apply through an entity that may not stand for the workload', async () => {
    const { opened } = gate(BY_BINDING);
    await expect(opened.pass(context, 'apply', wishes.apply)).rejects.toThrow(
      'Others stand for it',
    );
  });

  it('lets who set an override take it away whoever stands for the workload, and nobody else', async () => {
    const { opened } = gate(BY_BINDING);
    const write = await opened.pass(context, 'revert', wishes.revert);
    expect(() => write.requireRevertOf(ADA)).not.toThrow();
    for (const setter of [BOB, undefined]) {
      expect(() => write.requireRevertOf(setter)).toThrow(
        'Others stand for it',
      );
    }
  });

  it('lets who may write take away what anybody set', async () => {
    const { opened } = gate({ allowed: true });
    const write = await opened.pass(context, 'revert', wishes.revert);
    for (const setter of [ADA, BOB, undefined]) {
      expect(() => write.requireRevertOf(setter)).not.toThrow();
    }
  });

  it('names those for whom the caller acts', async () => {
    const owners = ['group:default/payments'];
    const { opened } = gate({ allowed: true, onBehalfOf: owners });
    const write = await opened.pass(context, 'apply', wishes.apply);
    expect(write.onBehalfOf).toEqual(owners);
  });

  it('carries a change through when its caller goes away, but ends a preview', async () => {
    const { opened } = gate({ allowed: true });
    const signals = await Promise.all(
      actions.map(async by => {
        const { entity } = await opened.pass(context, by, wishes[by]);
        return entity.signal;
      }),
    );
    expect(signals).toEqual([context.signal, undefined, undefined]);
  });
});

describe('the permission to change sampling', () => {
  let harness: MeshTracingHarness;
  const asked: string[] = [];
  beforeAll(async () => {
    harness = await startMeshTracing({
      permissionsEnabled: true,
      policy: permission => {
        asked.push(permission);
        return true;
      },
    });
  });
  afterAll(() => harness.stop());

  it.each([
    ['preview', { body: overrideRequest() }],
    ['tracing', {}],
    ['workloads', {}],
    ['revert', { body: wishes.revert }],
  ] as const)(
    'is asked for once by %s, and the views tell the same answer',
    async (route, question) => {
      asked.length = 0;
      await harness.ask('owner', route, question);
      expect(
        asked.filter(name => name === 'mesh-tracing.sampling.update'),
      ).toHaveLength(1);
    },
  );
});
