import { diagnosisResponseSchema } from 'backstage-plugin-mesh-tracing-common';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type MeshTracingOptions,
} from '../../testing/portal/startMeshTracing';

const CONFIGURATION = [
  'in-mesh',
  'telemetry',
  'provider',
  'sampling',
  'reporting',
  'accepted',
];

describe('the diagnosis', () => {
  let harness: MeshTracingHarness;
  const start = async (options: MeshTracingOptions = {}) => {
    harness = await startMeshTracing(options);
  };
  afterEach(() => harness.stop());

  it('gives each workload its ladder, in the contract’s words', async () => {
    await start();
    const { status, body } = await harness.ask('stranger', 'diagnosis');
    expect(status).toBe(200);
    const { workloads } = diagnosisResponseSchema.parse(body);
    expect(workloads).toHaveLength(1);
    expect(workloads[0]?.workload).toEqual({
      cluster: 'main',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'frontend',
    });
    expect(workloads[0]?.rungs.map(({ id }) => id)).toEqual(
      expect.arrayContaining(CONFIGURATION),
    );
  });

  it('is told to who may not read traces as far as the mesh’s configuration goes', async () => {
    await start({
      policy: permission => permission !== 'mesh-tracing.traces.read',
    });
    const { status, body } = await harness.ask('owner', 'diagnosis');
    expect(status).toBe(200);
    const [{ rungs }] = body.workloads;
    const sampling = rungs.find(({ id }: { id: string }) => id === 'sampling');
    expect(sampling).toMatchObject({ verdict: 'good' });
  });

  it('is refused without the permission to read what samples', async () => {
    await start({
      policy: permission => permission !== 'mesh-tracing.sampling.read',
    });
    expect(await harness.ask('owner', 'diagnosis')).toMatchObject({
      status: 403,
    });
  });

  it('says of an entity without workloads what its annotations matched', async () => {
    await start();
    const { body } = await harness.ask('owner', 'diagnosis', {
      entity: 'component/default/ledger',
    });
    expect(body).toMatchObject({
      workloads: [],
      explanation: expect.stringMatching(/./),
    });
  });
});
