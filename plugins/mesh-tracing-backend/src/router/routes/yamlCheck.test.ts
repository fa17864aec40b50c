import request from 'supertest';
import { personas } from '../../testing/portal/personas';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';
import { workload } from '../../testing/mesh/workload';

const telemetry = (name: string, namespace: string, percent: number) => `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: ${name}, namespace: ${namespace} }
spec: { tracing: [{ randomSamplingPercentage: ${percent} }] }
`;
const MIB = 1024 * 1024;

describe('the check of pasted configuration', () => {
  let harness: MeshTracingHarness;
  beforeAll(async () => {
    harness = await startMeshTracing();
  }, 60_000);
  afterAll(() => harness.stop());

  const check = (text: string, entity?: string) =>
    harness.ask('stranger', 'yamlCheck', { entity, body: { text } });

  it('says what becomes of the entity, and writes nothing', async () => {
    const { body } = await check(telemetry('own', 'shop', 50));
    expect(body).toMatchObject({ form: 'yaml', documentsLeftOut: 0 });
    const [cluster] = body.clusters;
    expect(cluster.cluster).toBe('main');
    expect(cluster.documents[0]).toMatchObject({
      verdict: 'works',
      placement: { reaches: 1, level: 'namespace' },
    });
    expect(cluster.outcomes).toHaveLength(1);
    expect(cluster.outcomes[0].before.server.samplingPercent).toBe(10);
    expect(cluster.outcomes[0].after.server.samplingPercent).toBe(50);
    const { body: tracing } = await harness.ask('stranger', 'tracing');
    expect(tracing.workloads[0].effective.server.samplingPercent.value).toBe(
      10,
    );
    expect(harness.audited).toEqual([]);
  });

  it('says which Telemetry of the root namespace wins', async () => {
    const { body } = await check(telemetry('mine', 'istio-system', 50));
    expect(body.clusters[0].documents[0]).toMatchObject({
      verdict: 'ignored',
      placement: { instead: 'istio-system/mesh-default' },
    });
  });

  it.each([
    ['in a Telemetry of that namespace', telemetry('mine', 'elsewhere', 1)],
    [
      'in a Telemetry of its name, which is not said to be there',
      telemetry('private', 'elsewhere', 1),
    ],
    ['as the root namespace of a mesh config', 'rootNamespace: elsewhere\n'],
  ])(
    "tells nothing of a namespace that is none of the entity's, asked for %s",
    async (_, text) => {
      const { body } = await check(text);
      const [cluster] = body.clusters;
      const answer = JSON.stringify(body).replaceAll('elsewhere/private', '');
      expect(answer).not.toContain('77');
      expect(answer).not.toContain('telemetry-replaces');
      expect(answer).not.toContain('older');
      expect(cluster.documents).toHaveLength(1);
    },
  );

  it('judges the text alone for an entity without workloads', async () => {
    const { body } = await check(
      telemetry('a', 'shop', 101),
      'component/default/ledger',
    );
    expect(body.clusters).toHaveLength(1);
    expect(body.clusters[0].cluster).toBeUndefined();
    expect(body.clusters[0].documents[0].verdict).toBe('refused');
    expect(body.clusters[0].outcomes).toEqual([]);
  });

  it('takes a text of 1 MiB, and one that is longer not', async () => {
    const fine = await check(`${'# note\n'.repeat(MIB / 7 - 1)}a: b`);
    expect(fine.status).toBe(200);
    const long = await check('x'.repeat(MIB + 1));
    expect(long.status).toBe(400);
    expect(long.body.error.message).toMatch(/^Field 'text'/);
    const larger = await check('x'.repeat(3 * MIB));
    expect(larger.status).toBe(413);
    expect(larger.body.error.message).toBe('The body is larger than 3072 KiB');
  });

  it('leaves the bound of other routes as it was', async () => {
    const { status, body } = await harness.ask('owner', 'preview', {
      body: { reason: 'x'.repeat(300_000) },
    });
    expect([status, body.error.message]).toEqual([
      413,
      'The body is larger than 256 KiB',
    ]);
  });

  it('repeats nothing of the text in logs and in the audit, whether it is taken or not', async () => {
    const secret = 'hush-hush-8a1f';
    const texts = [
      `a: "${secret}`,
      `password: ${secret}`,
      telemetry(secret, 'shop', 101),
      `meshConfig: { defaultConfig: { ${secret}: 1 } }`,
    ];
    for (const text of texts) await check(text);
    await request(harness.server)
      .post(
        '/api/mesh-tracing/v1/entities/component/default/frontend/yaml-check',
      )
      .set({
        authorization: personas.stranger,
        'content-type': 'application/json',
      })
      .send(`{"text": "${secret}`);
    const logged = [harness.logger, harness.rootLogger].flatMap(logger =>
      [logger.error, logger.warn, logger.info, logger.debug].flatMap(
        method => (method as jest.Mock).mock.calls,
      ),
    );
    expect(JSON.stringify([logged, harness.audited])).not.toContain(secret);
  });
});

describe('the check of pasted configuration, by policy', () => {
  it('is for whoever may read effective tracing of the entity', async () => {
    const harness = await startMeshTracing({
      policy: permission => permission !== 'mesh-tracing.sampling.read',
    });
    const { status } = await harness.ask('owner', 'yamlCheck', {
      body: { text: 'a: b' },
    });
    expect(status).toBe(403);
    await harness.stop();
  }, 60_000);

  it('looks at twenty workloads of an entity, and says that there are more', async () => {
    const harness = await startMeshTracing({
      workloads: Array.from({ length: 30 }, (_, i) =>
        workload(`frontend-${i}`),
      ),
      publicEntities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'many',
            annotations: {
              'meshtracing.io/workloads': Array.from(
                { length: 30 },
                (_, i) => `main/shop/Deployment/frontend-${i}`,
              ).join(','),
            },
          },
          spec: { type: 'service', owner: 'storefront' },
        },
      ],
    });
    const { body } = await harness.ask('stranger', 'yamlCheck', {
      entity: 'component/default/many',
      body: { text: telemetry('own', 'shop', 50) },
    });
    expect(body.clusters[0].outcomes).toHaveLength(20);
    expect(body.clusters[0].workloadsLeftOut).toBe(10);
    await harness.stop();
  }, 60_000);
});
