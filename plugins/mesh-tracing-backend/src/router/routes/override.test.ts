import { FRONTEND, overrideRequest } from '../../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';

describe('an override over HTTP', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing();
  });
  afterEach(() => harness.stop());

  it('is previewed, applied, shown and reverted, and is then in the history', async () => {
    const who = 'member of a child of the owning group';
    const override = overrideRequest();
    const preview = await harness.ask(who, 'preview', { body: override });
    expect(preview.body).toMatchObject({
      action: 'create',
      dryRun: { outcome: 'accepted' },
      token: expect.any(String),
    });
    expect(harness.cluster.writes).toEqual([]);

    const applied = await harness.ask(who, 'apply', {
      body: {
        override,
        token: preview.body.token,
        requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
      },
    });
    expect(applied.status).toBe(200);
    const tracing = await harness.ask('stranger', 'tracing');
    expect(tracing.body.workloads[0]).toMatchObject({
      override: { samplingPercent: 50, changedBy: 'user:default/nina' },
      effective: { server: { samplingPercent: { value: 50 } } },
    });
    const owned = await harness.ask('owner', 'owned');
    expect(owned.body.entities[0].workloads[0].samplingPercent).toBe(50);

    const { uid, resourceVersion } = applied.body.override;
    const reverted = await harness.ask('owner', 'revert', {
      body: { workload: FRONTEND, uid, resourceVersion },
    });
    expect(reverted.body).toEqual({ reverted: true });
    const after = await harness.ask('stranger', 'tracing');
    expect(after.body.workloads[0].override).toBeNull();
    const history = await harness.ask('stranger', 'history');
    expect(
      history.body.entries.map((entry: { kind: string; actor: string }) => [
        entry.kind,
        entry.actor,
      ]),
    ).toEqual([
      ['revert', 'user:default/olivia'],
      ['apply', 'user:default/nina'],
    ]);
  });

  it.each([
    ['preview', 'sampling-preview'],
    ['apply', 'sampling-apply'],
    ['revert', 'sampling-revert'],
  ] as const)(
    'audits that %s is refused to a stranger',
    async (route, eventId) => {
      const override = overrideRequest();
      const bodies = {
        preview: override,
        apply: {
          override,
          token: 'x',
          requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
        },
        revert: { workload: FRONTEND, uid: 'u', resourceVersion: '1' },
      };
      const { status } = await harness.ask('stranger', route, {
        body: bodies[route],
      });
      expect(status).toBe(403);
      expect(harness.audited).toEqual([
        {
          eventId,
          severityLevel: 'medium',
          outcome: 'fail',
          meta: {
            entityRef: 'component:default/frontend',
            workload: 'main/shop/Deployment/frontend',
            scope: 'workload',
          },
        },
      ]);
    },
  );

  it.each(['apply', 'revert'] as const)(
    'lets nobody try to %s in vain without end',
    async route => {
      const override = overrideRequest();
      const { body: preview } = await harness.ask('owner', 'preview', {
        body: override,
      });
      // The token is of another change, and the object is none of the portal's.
      const inVain = {
        apply: {
          override: { ...override, samplingPercent: 7 },
          token: preview.token,
          requestId: '44444444-6b7c-4ca6-9d4e-24b6cf3e3f1d',
        },
        revert: { workload: FRONTEND, uid: 'u', resourceVersion: '1' },
      };
      const statuses: number[] = [];
      const messages: string[] = [];
      for (let i = 0; i < 75; i += 1) {
        const { status, body } = await harness.ask('owner', route, {
          body: inVain[route],
        });
        statuses.push(status);
        messages.push(body.error.message);
      }
      expect(statuses[0]).toBe(route === 'apply' ? 400 : 409);
      expect(statuses.slice(0, 55)).toEqual(Array(55).fill(statuses[0]));
      expect(statuses).toContain(403);
      expect(messages.at(-1)).toMatch(/in vain.*try again in \d+ seconds/);
      expect(harness.audited.at(-1)).toMatchObject({
        eventId: `sampling-${route}`,
        outcome: 'fail',
      });
      expect(harness.cluster.writes).toEqual([]);
    },
  );

  it('is refused to a form that is out of date, which is told what changed in between', async () => {
    const override = overrideRequest();
    const preview = await harness.ask('owner', 'preview', { body: override });
    harness.cluster.createOutside({
      metadata: { namespace: 'shop', name: 'mesh-tracing.frontend' },
      spec: {
        selector: { matchLabels: { app: 'frontend' } },
        tracing: [{ randomSamplingPercentage: 99 }],
      },
    });
    const { status, body } = await harness.ask('owner', 'apply', {
      body: {
        override,
        token: preview.body.token,
        requestId: '22222222-6b7c-4ca6-9d4e-24b6cf3e3f1d',
      },
    });
    expect(status).toBe(409);
    expect(body.error.meshTracing.conflict.currentYaml).toContain('99');
    expect(harness.cluster.writes).toEqual([]);
  });
});
