import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import {
  OVERRIDE_ANNOTATIONS,
  samplingReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import { HIDDEN_REF } from '../testing/portal/exampleCatalog';
import type { Persona } from '../testing/portal/personas';
import { FRONTEND, overrideRequest } from '../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type RouteName,
} from '../testing/portal/startMeshTracing';

const PAYMENTS = { ...FRONTEND, name: 'payments' };
const ofPayments = { entity: 'component/default/payments' };

/**
 * Overrides the workload through `hidden`, which only the owner sees; `payments`
 * leads to it as well.
 */
async function overridePayments(harness: MeshTracingHarness) {
  const override = overrideRequest({ workload: PAYMENTS });
  const { body: preview } = await harness.ask('owner', 'preview', {
    entity: 'component/default/hidden',
    body: override,
  });
  const { status, body } = await harness.ask('owner', 'apply', {
    entity: 'component/default/hidden',
    body: { override, token: preview.token, requestId: randomUUID() },
  });
  expect(status).toBe(200);
  return body.override;
}

/**
 * The content of a preview token, which is signed and not encrypted, so that its
 * holder can read it.
 */
function contentOf(token: string): string {
  const [body = ''] = token.split('.');
  const text = Buffer.from(body, 'base64url').toString();
  const { baseYaml } = JSON.parse(text);
  return text + inflateRawSync(Buffer.from(baseYaml, 'base64url')).toString();
}

describe('an override that was made from an entity which others may not see', () => {
  let harness: MeshTracingHarness;
  let isDenied = false;
  let override: { uid: string; resourceVersion: string };
  beforeAll(async () => {
    harness = await startMeshTracing({
      policy: (permission, entityRef) =>
        !isDenied ||
        permission !== samplingReadPermission.name ||
        entityRef !== HIDDEN_REF,
    });
    override = await overridePayments(harness);
  });
  afterEach(() => {
    isDenied = false;
  });
  afterAll(() => harness.stop());

  const answer = async (persona: Persona, route: RouteName) => {
    const { status, body } = await harness.ask(persona, route, ofPayments);
    expect(status).toBe(200);
    return body;
  };

  it.each(['tracing', 'owned'] as const)(
    'is shown in the answer of %s, without the entity',
    async route => {
      const body = JSON.stringify(await answer('stranger', route));
      expect(body).toContain(override.uid);
      expect(body).not.toContain(HIDDEN_REF);
    },
  );

  it('is shown in the history, without the entity', async () => {
    const { entries } = await answer('stranger', 'history');
    expect(entries).toMatchObject([
      { kind: 'apply', reason: 'looking for a slow query' },
    ]);
    expect(JSON.stringify(entries)).not.toContain(HIDDEN_REF);
  });

  it.each(['tracing', 'history'] as const)(
    'is shown in the answer of %s without an entity whose sampling is not to be read',
    async route => {
      expect(JSON.stringify(await answer('owner', route))).toContain(
        HIDDEN_REF,
      );
      isDenied = true;
      expect(JSON.stringify(await answer('owner', route))).not.toContain(
        HIDDEN_REF,
      );
    },
  );

  it('is shown with the entity to who may see it', async () => {
    const { entries } = await answer('owner', 'history');
    expect(entries).toMatchObject([{ entityRef: HIDDEN_REF }]);
    const { workloads, resources } = await answer('owner', 'tracing');
    expect(workloads[0].override.entityRef).toBe(HIDDEN_REF);
    expect(Object.values(resources).join()).toContain(
      `${OVERRIDE_ANNOTATIONS.entity}: ${HIDDEN_REF}`,
    );
  });

  it('is what a preview starts from, and neither that nor its token tells the entity', async () => {
    const { status, body } = await harness.ask('stranger', 'preview', {
      ...ofPayments,
      body: overrideRequest({ workload: PAYMENTS, samplingPercent: 7 }),
    });
    expect(status).toBe(200);
    expect(body.currentYaml).toContain('randomSamplingPercentage: 50');
    expect(contentOf(body.token)).toContain('randomSamplingPercentage: 50');
    expect(JSON.stringify(body) + contentOf(body.token)).not.toContain(
      HIDDEN_REF,
    );
  });

  it('is what a conflict shows, without the entity', async () => {
    const form = overrideRequest({ workload: PAYMENTS, samplingPercent: 7 });
    const { body: preview } = await harness.ask('stranger', 'preview', {
      ...ofPayments,
      body: form,
    });
    harness.cluster.editOutside('shop', 'mesh-tracing.payments', object => {
      object.spec = { tracing: [{ randomSamplingPercentage: 33 }] };
    });
    const applied = await harness.ask('stranger', 'apply', {
      ...ofPayments,
      body: {
        override: form,
        token: preview.token,
        requestId: randomUUID(),
      },
    });
    const { uid, resourceVersion } = override;
    const reverted = await harness.ask('stranger', 'revert', {
      ...ofPayments,
      body: { workload: PAYMENTS, uid, resourceVersion },
    });
    for (const { status, body } of [applied, reverted]) {
      expect(status).toBe(409);
      expect(body.error.meshTracing.conflict.currentYaml).toContain(
        'randomSamplingPercentage: 33',
      );
      expect(JSON.stringify(body)).not.toContain(HIDDEN_REF);
    }
  });
});
