import { FRONTEND, overrideRequest } from '../testing/portal/requests';
import { startMeshTracing } from '../testing/portal/startMeshTracing';

type Harness = Awaited<ReturnType<typeof startMeshTracing>>;

const REQUEST_ID = '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d';
const ABOUT = {
  entityRef: 'component:default/frontend',
  workload: 'main/shop/Deployment/frontend',
  scope: 'workload',
};

describe('an attempt that is refused is an audit event', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  const attempts = () =>
    harness.audited.filter(({ eventId }) => eventId !== 'sampling-preview');

  it('when the token of an apply is not one of a preview', async () => {
    const { status } = await harness.ask('owner', 'apply', {
      body: {
        override: overrideRequest(),
        token: 'x',
        requestId: REQUEST_ID,
      },
    });
    expect(status).toBe(400);
    expect(attempts()).toMatchObject([
      { eventId: 'sampling-apply', outcome: 'fail', meta: ABOUT },
    ]);
  });

  it('when the workload of a revert does not belong to the entity', async () => {
    const workload = { ...FRONTEND, name: 'payments' };
    const { status } = await harness.ask('owner', 'revert', {
      body: { workload, uid: 'u', resourceVersion: '1' },
    });
    expect(status).toBe(403);
    expect(attempts()).toMatchObject([
      {
        eventId: 'sampling-revert',
        outcome: 'fail',
        meta: { ...ABOUT, workload: 'main/shop/Deployment/payments' },
      },
    ]);
  });

  it('when an override to revert is gone', async () => {
    const { status } = await harness.ask('owner', 'revert', {
      body: { workload: FRONTEND, uid: 'u', resourceVersion: '1' },
    });
    expect(status).toBe(409);
    expect(attempts()).toMatchObject([
      { eventId: 'sampling-revert', outcome: 'fail', meta: ABOUT },
    ]);
  });

  it.each(['argocd.argoproj.io/instance', 'other/label'])(
    'when an override to revert has a label of a GitOps tool, and not otherwise: %s',
    async label => {
      const override = overrideRequest();
      const preview = await harness.ask('owner', 'preview', { body: override });
      await harness.ask('owner', 'apply', {
        body: { override, token: preview.body.token, requestId: REQUEST_ID },
      });
      harness.cluster.editOutside('shop', 'mesh-tracing.frontend', object => {
        object.metadata.labels![label] = 'shop';
      });
      const { uid, resourceVersion } = harness.cluster
        .objects()
        .find(({ metadata }) => metadata.namespace === 'shop')!.metadata;
      harness.audited.length = 0;
      const { status } = await harness.ask('owner', 'revert', {
        body: { workload: FRONTEND, uid, resourceVersion },
      });
      const isManaged = label.startsWith('argocd');
      expect(status).toBe(isManaged ? 403 : 200);
      expect(
        attempts().filter(({ eventId }) => eventId === 'sampling-revert'),
      ).toMatchObject([{ outcome: isManaged ? 'fail' : 'success' }]);
    },
  );

  it('when a policy does not let the caller see the sampling at all', async () => {
    const denied = await startMeshTracing({ policy: () => false });
    const { status } = await denied.ask('owner', 'apply', {
      body: {
        override: overrideRequest(),
        token: 'x',
        requestId: REQUEST_ID,
      },
    });
    await denied.stop();
    expect(status).toBe(403);
    expect(denied.audited).toMatchObject([
      { eventId: 'sampling-apply', outcome: 'fail', meta: ABOUT },
    ]);
  });
});

describe('a preview', () => {
  const preview = async (mayReadTraces: boolean) => {
    const harness = await startMeshTracing({
      policy: permission =>
        mayReadTraces || permission !== 'mesh-tracing.traces.read',
    });
    const analyze = jest.spyOn(harness.store, 'analyze');
    const { body } = await harness.ask('owner', 'preview', {
      body: overrideRequest(),
    });
    await harness.stop();
    return { body, questions: analyze.mock.calls.length };
  };

  it('estimates from traces for who may read them', async () => {
    const { body, questions } = await preview(true);
    expect(questions).toBeGreaterThan(0);
    expect(body.impact).toMatchObject({ assumption: expect.any(String) });
    expect(body.impactWithheld).toBeUndefined();
  });

  it('asks no traces for who may not read them, and says so', async () => {
    const { body, questions } = await preview(false);
    expect(questions).toBe(0);
    expect(body.token).toEqual(expect.any(String));
    expect(body.impact).toBeNull();
    expect(body.impactWithheld).toContain('mesh-tracing.traces.read');
  });
});
