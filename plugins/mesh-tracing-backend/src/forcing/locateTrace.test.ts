import type { Persona } from '../testing/portal/personas';
import {
  FOREIGN_TRACE_ID,
  SHOP_TRACE_ID,
} from '../testing/portal/exampleTraces';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type MeshTracingOptions,
} from '../testing/portal/startMeshTracing';

const NOWHERE = 'b'.repeat(32);
const FRONTEND_REF = 'component:default/frontend';

let harness: MeshTracingHarness;
afterEach(() => harness.stop());

async function start(options: MeshTracingOptions = {}) {
  harness = await startMeshTracing(options);
}

const locate = (persona: Persona, traceId: string) =>
  harness.ask(persona, 'locateTrace', { traceId });

describe('a trace named on the page of owned entities', () => {
  it('leads to each entity that the caller owns and that has a span in it', async () => {
    await start();
    const mia = await locate('member of the owning group', SHOP_TRACE_ID);
    expect(mia.status).toBe(200);
    expect(mia.body).toEqual({
      traceId: SHOP_TRACE_ID,
      entities: [{ entityRef: FRONTEND_REF }],
    });
    const max = await locate('stranger', SHOP_TRACE_ID.toUpperCase());
    expect(max.body.entities).toEqual([
      { entityRef: 'component:default/payments' },
    ]);
    expect(harness.audited.at(-1)).toMatchObject({
      eventId: 'trace-locate',
      outcome: 'success',
    });
  });

  it('does not lead to entities of others, though the caller could read it there', async () => {
    await start();
    const { status } = await locate(
      'member of the owning group',
      FOREIGN_TRACE_ID,
    );
    expect(status).toBe(404);
    const there = await harness.ask('member of the owning group', 'trace', {
      entity: 'component/default/payments',
      traceId: FOREIGN_TRACE_ID,
    });
    expect(there.status).toBe(200);
  });

  it('does not lead to an own entity whose traces the caller may not read', async () => {
    await start({
      policy: (permission, entityRef) =>
        !(
          permission === 'mesh-tracing.traces.read' &&
          entityRef === FRONTEND_REF
        ),
    });
    expect(
      (await locate('member of the owning group', SHOP_TRACE_ID)).status,
    ).toBe(404);
  });

  it('does not need the permission to see sampling', async () => {
    await start({
      policy: permission => permission === 'mesh-tracing.traces.read',
    });
    expect(
      (await locate('member of the owning group', SHOP_TRACE_ID)).status,
    ).toBe(200);
  });

  it('does not lead to an own entity that merely claims the workload of others', async () => {
    await start({
      policy: (permission, entityRef) =>
        permission !== 'mesh-tracing.traces.read' ||
        entityRef !== 'component:default/payments',
      publicEntities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            namespace: 'default',
            name: 'snoop',
            annotations: {
              'meshtracing.io/workloads': 'shop/Deployment/payments',
            },
          },
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/storefront' },
          ],
        },
      ],
    });
    const { body } = await locate('member of the owning group', SHOP_TRACE_ID);
    expect(body.entities).toEqual([{ entityRef: FRONTEND_REF }]);
    expect(
      (await locate('member of the owning group', FOREIGN_TRACE_ID)).status,
    ).toBe(404);
  });

  it('that the caller may not see is refused in the words of one that does not exist', async () => {
    await start();
    const answers = await Promise.all(
      [FOREIGN_TRACE_ID, NOWHERE].map(traceId =>
        locate('member of the owning group', traceId),
      ),
    );
    const [foreign, nowhere] = answers.map(({ status, text }) => ({
      status,
      text: text.replaceAll(FOREIGN_TRACE_ID, 'ID').replaceAll(NOWHERE, 'ID'),
    }));
    expect(foreign?.status).toBe(404);
    expect(foreign).toEqual(nowhere);
  });

  it('is refused alike to who owns nothing', async () => {
    await start();
    const { status } = await locate(
      'member of the parent of the owning group',
      SHOP_TRACE_ID,
    );
    expect(status).toBe(404);
  });

  it('is not called missing where the store can not tell', async () => {
    await start();
    harness.store.failure = new Error('away');
    const { status } = await locate(
      'member of the owning group',
      SHOP_TRACE_ID,
    );
    expect(status).toBeGreaterThanOrEqual(500);
  });
});
