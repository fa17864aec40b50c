import type { Entity } from '@backstage/catalog-model';
import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import { randomUUID } from 'node:crypto';
import { workload } from '../testing/sampling/samplingHarness';
import { SHOP_TRACE_ID } from '../testing/portal/exampleTraces';
import { FRONTEND, overrideRequest } from '../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type Policy,
  type RouteName,
} from '../testing/portal/startMeshTracing';

jest.setTimeout(60_000);

const ID = 'backstage.io/kubernetes-id';
const STRANGERS = 'group:default/payments';

/** An entity of the stranger's team, unless it is someone else's. */
function entity(
  name: string,
  annotations: Record<string, string>,
  rest: { kind?: string; namespace?: string; owner?: string } = {},
): Entity {
  const { kind = 'Component', namespace = 'default', owner = STRANGERS } = rest;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace, annotations },
    spec: { type: 'service' },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

function labelled(name: string, more: Partial<Workload> = {}): Workload {
  return workload(name, { labels: { app: name, [ID]: name }, ...more });
}

/**
 * Workloads of the storefront, one for each way in which an entity can stand for one.
 */
const WORKLOADS = [
  labelled('cart'),
  workload('checkout'),
  labelled('catalog'),
  workload('named', {
    annotations: { 'meshtracing.io/owners': 'storefront' },
  }),
];
const storefront = { owner: 'group:default/storefront' };
const THEIRS = [
  entity('cart', { [ID]: 'cart' }, storefront),
  entity(
    'checkout',
    { 'meshtracing.io/workloads': 'shop/Deployment/checkout' },
    storefront,
  ),
  entity('catalog', { [ID]: 'catalog' }, storefront),
  entity('named', { 'meshtracing.io/label-selector': 'app=named' }, storefront),
];

/**
 * Ways in which an entity of a stranger claims one of these workloads: name, entity,
 * workload.
 */
const ATTACKS: Array<[string, Entity, string]> = [
  [
    'a reference',
    entity('s-ref', { 'meshtracing.io/workloads': 'shop/Deployment/cart' }),
    'cart',
  ],
  [
    'a reference in the kind of another case',
    entity('s-case', { 'meshtracing.io/workloads': 'shop/DEPLOYMENT/cart' }),
    'cart',
  ],
  [
    'a selector that matches the whole mesh',
    entity('s-all', { 'meshtracing.io/label-selector': 'app' }),
    'checkout',
  ],
  [
    'a selector of the Kubernetes plugin',
    entity('s-k8s', {
      'backstage.io/kubernetes-label-selector': `${ID}=cart`,
    }),
    'cart',
  ],
  ['a copied id', entity('s-id', { [ID]: 'cart' }), 'cart'],
  [
    'a reference to what the cluster names',
    entity('s-named', { 'meshtracing.io/workloads': 'shop/Deployment/named' }),
    'named',
  ],
  [
    'an equal reference',
    entity('s-equal', {
      'meshtracing.io/workloads': 'shop/Deployment/checkout',
    }),
    'checkout',
  ],
  [
    'the same name in another kind',
    entity('cart', {}, { kind: 'Resource' }),
    'cart',
  ],
  [
    'the same name in another kind, with the id',
    entity('catalog', { [ID]: 'catalog' }, { kind: 'API' }),
    'catalog',
  ],
  [
    'the same name in another namespace',
    entity('catalog', {}, { namespace: 'hostile' }),
    'catalog',
  ],
  [
    'a group with a reference',
    entity(
      'payments-2',
      { 'meshtracing.io/workloads': 'shop/Deployment/cart' },
      { kind: 'Group' },
    ),
    'cart',
  ],
  [
    'a user with an id',
    entity('mallory', { [ID]: 'cart' }, { kind: 'User' }),
    'cart',
  ],
];

function pathOf({ kind, metadata }: Entity): string {
  return `${kind.toLowerCase()}/${metadata.namespace}/${metadata.name}`;
}

function at(name: string) {
  return { ...FRONTEND, name };
}

const TRACE_ROUTES: RouteName[] = [
  'traces',
  'trace',
  'latency',
  'dependencies',
  'propagation',
  'report',
];

const NAMES = entity('s-names', {
  'meshtracing.io/service-names': 'frontend.shop',
});

/** A policy that lets only the owners of an entity read its traces. */
const ownTraces: Policy = (permission, entityRef, userRef) => {
  if (permission !== 'mesh-tracing.traces.read') {
    return true;
  }
  const isStrangers = [...ATTACKS.map(([, each]) => each), NAMES].some(
    each =>
      `${each.kind.toLowerCase()}:${each.metadata.namespace}/${
        each.metadata.name
      }` === entityRef,
  );
  return (userRef === 'user:default/max') === isStrangers;
};

describe('a stranger, through an entity of its own', () => {
  let harness: MeshTracingHarness;
  let only: (attack: Entity[]) => Promise<MeshTracingHarness>;
  beforeAll(() => {
    only = attack =>
      startMeshTracing({
        workloads: WORKLOADS,
        publicEntities: [...THEIRS, ...attack],
        policy: ownTraces,
      });
  });
  afterEach(() => harness.stop());

  it.each(ATTACKS)(
    'with %s, neither changes, nor reverts, nor reads',
    async (_, attack, name) => {
      harness = await only([attack]);
      const target = { entity: pathOf(attack) };
      const body = overrideRequest({ workload: at(name) });
      const preview = await harness.ask('stranger', 'preview', {
        ...target,
        body,
      });
      expect([200, 403]).toContain(preview.status);
      expect(preview.body.token).toBeUndefined();
      const apply = await harness.ask('stranger', 'apply', {
        ...target,
        body: {
          override: body,
          token: 'none',
          requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
        },
      });
      // Where the entity does not lead to the workload, the missing preview is
      // noticed first.
      expect([400, 403]).toContain(apply.status);
      const revert = await harness.ask('stranger', 'revert', {
        ...target,
        body: { workload: at(name), uid: 'u', resourceVersion: '1' },
      });
      expect(revert.status).toBe(403);
      expect(harness.cluster.writes).toEqual([]);
      const traces = await harness.ask('stranger', 'traces', target);
      expect(
        (traces.body.services ?? []).filter(
          (service: string) => !service.startsWith('payments'),
        ),
      ).toEqual([]);
    },
  );

  it('with service names alone, reads nothing by any route, and the attempt is audited', async () => {
    harness = await only([NAMES]);
    for (const route of TRACE_ROUTES) {
      const { status } = await harness.ask('stranger', route, {
        entity: pathOf(NAMES),
        ...(route === 'trace' && { traceId: SHOP_TRACE_ID }),
      });
      expect([route, status]).toEqual([route, 403]);
    }
    expect(harness.audited).toContainEqual(
      expect.objectContaining({
        eventId: 'binding-refused',
        outcome: 'fail',
        meta: expect.objectContaining({
          actor: 'user:default/max',
          action: 'read-traces',
          heldBy: ['component:default/frontend'],
        }),
      }),
    );
  });

  it('does not revert what the owners set, while they do', async () => {
    const [, attack] = ATTACKS[0] ?? [];
    harness = await only(attack ? [attack] : []);
    const cart = { entity: 'component/default/cart' };
    const override = overrideRequest({ workload: at('cart') });
    const { body: preview } = await harness.ask('owner', 'preview', {
      entity: 'component/default/frontend',
      body: overrideRequest(),
    });
    expect(preview.binding).toMatchObject({ state: 'holds' });
    const member = 'member of the owning group' as const;
    const { body } = await harness.ask(member, 'preview', {
      ...cart,
      body: override,
    });
    const applied = await harness.ask(member, 'apply', {
      ...cart,
      body: {
        override,
        token: body.token,
        requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
      },
    });
    expect(applied.status).toBe(200);
    const { uid, resourceVersion } = applied.body.override;
    const seen = { workload: at('cart'), uid, resourceVersion };
    const foreign = await harness.ask('stranger', 'revert', {
      entity: 'component/default/s-ref',
      body: seen,
    });
    expect(foreign.status).toBe(403);
    const extension = await harness.ask('stranger', 'preview', {
      entity: 'component/default/s-ref',
      body: {
        ...override,
        expiresAt: new Date(Date.now() + 7e6).toISOString(),
      },
    });
    expect(extension.body.token).toBeUndefined();
    const own = await harness.ask(member, 'revert', { ...cart, body: seen });
    expect(own.body).toEqual({ reverted: true });
  });

  it('does not reach the namespace through a workload of others', async () => {
    harness = await startMeshTracing({
      workloads: WORKLOADS,
      publicEntities: [...THEIRS, ...ATTACKS.slice(0, 1).map(([, e]) => e)],
      permissionsEnabled: true,
      config: { sampling: { scopes: ['workload', 'namespace'] } },
    });
    const { body } = await harness.ask('stranger', 'preview', {
      entity: 'component/default/s-ref',
      body: overrideRequest({ workload: at('cart'), scope: 'namespace' }),
    });
    expect(body.token).toBeUndefined();
    expect(body.verdicts).toContainEqual(
      expect.objectContaining({ rule: 'binding', allowed: false }),
    );
  });
});

describe('the two sides of a claim', () => {
  it('see a finding each, and nothing of entities that they may not see', async () => {
    const harness = await startMeshTracing({
      workloads: WORKLOADS,
      publicEntities: [THEIRS[0]!, ATTACKS[0]![1]],
    });
    const weak = await harness.ask('stranger', 'tracing', {
      entity: 'component/default/s-ref',
    });
    expect(weak.body.workloads[0].binding).toMatchObject({
      state: 'weaker',
      claim: 'reference',
      others: [{ entityRef: 'component:default/cart', claim: 'consent' }],
      change: { allowed: false },
      findings: [{ code: 'binding-weaker' }],
      command: expect.stringContaining('meshtracing.io/owners='),
    });
    const strong = await harness.ask('member of the owning group', 'tracing', {
      entity: 'component/default/cart',
    });
    expect(strong.body.workloads[0].binding).toMatchObject({
      state: 'holds',
      claim: 'consent',
      change: { allowed: true },
      findings: [{ code: 'binding-claimed-by-others' }],
    });
    await harness.stop();
  });

  it('are not named where the caller may not see them', async () => {
    const rival = ATTACKS[6]![1];
    const harness = await startMeshTracing({
      workloads: WORKLOADS,
      publicEntities: [THEIRS[1]!],
      entities: [rival],
    });
    const { text, body } = await harness.ask(
      'member of the owning group',
      'tracing',
      { entity: 'component/default/checkout' },
    );
    expect(body.workloads[0].binding).toMatchObject({
      state: 'contested',
      others: [],
      explanation: expect.stringContaining('another entity'),
    });
    expect(text).not.toContain('s-equal');
    expect(text).not.toContain(STRANGERS);
    await harness.stop();
  });
});

describe('acting for the owners of others', () => {
  const platform = entity('platform-view', {
    'meshtracing.io/label-selector': 'app=cart',
  });
  const ask = async (
    options: Parameters<typeof startMeshTracing>[0],
    path: string,
  ) => {
    const harness = await startMeshTracing({
      workloads: WORKLOADS,
      publicEntities: [...THEIRS, platform],
      ...options,
    });
    const answer = await harness.ask('stranger', 'preview', {
      entity: path,
      body: overrideRequest({ workload: at('cart') }),
    });
    await harness.stop();
    return answer;
  };
  const on = {
    permissionsEnabled: true,
    config: { sampling: { actForOwners: true } },
  };

  it.each(['component/default/platform-view', 'component/default/cart'])(
    'is possible with the permission for it, and says for whom: %s',
    async path => {
      const { body } = await ask(on, path);
      expect(body.token).toEqual(expect.any(String));
      expect(body.binding.change).toEqual({
        allowed: true,
        onBehalfOf: ['group:default/storefront'],
      });
      expect(body.verdicts).toContainEqual(
        expect.objectContaining({
          rule: 'write-access',
          message: expect.stringContaining(
            'on behalf of group:default/storefront',
          ),
        }),
      );
    },
  );

  it('stands in the history of the change', async () => {
    const harness = await startMeshTracing({
      workloads: WORKLOADS,
      publicEntities: [...THEIRS, platform],
      ...on,
    });
    const path = 'component/default/platform-view';
    const override = overrideRequest({ workload: at('cart') });
    const { body } = await harness.ask('stranger', 'preview', {
      entity: path,
      body: override,
    });
    const applied = await harness.ask('stranger', 'apply', {
      entity: path,
      body: { override, token: body.token, requestId: randomUUID() },
    });
    expect(applied.status).toBe(200);
    const history = await harness.ask('stranger', 'history', { entity: path });
    await harness.stop();
    expect(history.body.entries).toMatchObject([
      { kind: 'apply', onBehalfOf: ['group:default/storefront'] },
    ]);
  });

  it.each([
    [
      'without the permission',
      {
        ...on,
        policy: (permission: string) =>
          permission !== 'mesh-tracing.sampling.any.update',
      },
    ],
    [
      'with the permission for the own entity alone',
      {
        ...on,
        policy: (permission: string, ref?: string) =>
          permission !== 'mesh-tracing.sampling.any.update' ||
          ref === 'component:default/platform-view',
      },
    ],
    ['with a permission framework that is off', { config: on.config }],
    ['where the site has not switched it on', { permissionsEnabled: true }],
  ])('is not possible %s', async (_, options) => {
    const { body } = await ask(options, 'component/default/platform-view');
    expect(body.token).toBeUndefined();
  });
});

describe('a site that trusts the cluster alone, or the catalog alone', () => {
  const tryReference = async (binding: string) => {
    const harness = await startMeshTracing({
      workloads: WORKLOADS,
      publicEntities: [...THEIRS, ATTACKS[6]![1]],
      config: { binding },
    });
    const { body } = await harness.ask('stranger', 'preview', {
      entity: 'component/default/s-equal',
      body: overrideRequest({ workload: at('checkout') }),
    });
    const warnings = JSON.stringify(harness.logger.warn.mock.calls);
    await harness.stop();
    return { body, warnings };
  };

  it('does not count a reference as a claim with binding: cluster', async () => {
    const { body } = await tryReference('cluster');
    expect(body.token).toBeUndefined();
    expect(body.binding.state).toBe('unconfirmed');
  });

  it('lets the catalog decide with binding: catalog, and is warned at start', async () => {
    const { body, warnings } = await tryReference('catalog');
    expect(body.token).toEqual(expect.any(String));
    expect(warnings).toContain('meshTracing.binding');
  });
});
