import { MANAGED_BY_LABEL, MANAGED_BY_VALUE } from '../../shared/annotations';
import type { MeshTracingInputs, Telemetry } from '../../tracing';
import {
  describeTarget,
  findNamespaceWideRival,
  findWideOverride,
  overrideTarget,
  rootNamespaceOf,
  scopeOfOverride,
  scopeOfTarget,
  wideOverrideName,
  wideTargetOf,
} from './overrideScope';
import type { OverrideScope } from '../../api';

const CART = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
};
const ELSEWHERE = { rootNamespace: 'mesh-root' };

function telemetry(
  namespace: string,
  name: string,
  more: { created?: string; spec?: Telemetry['spec']; managed?: boolean } = {},
): Telemetry {
  return {
    metadata: {
      namespace,
      name,
      creationTimestamp: more.created ?? '2026-01-01T00:00:00Z',
      ...(more.managed && { labels: { [MANAGED_BY_LABEL]: MANAGED_BY_VALUE } }),
    },
    spec: more.spec ?? { tracing: [{ randomSamplingPercentage: 1 }] },
  };
}

function inputs(...telemetries: Telemetry[]): MeshTracingInputs {
  return {
    meshConfig: {},
    meshConfigKnown: true,
    telemetries,
    istiod: { environmentKnown: true },
  };
}

describe('what an override of a scope is for', () => {
  it.each([
    ['workload', 'shop', 'cart'],
    ['namespace', 'shop', 'namespace shop'],
    ['mesh', 'istio-system', 'the mesh of cluster main'],
  ] as Array<[OverrideScope, string, string]>)(
    '%s: stands in %s, told as "%s"',
    (scope, namespace, text) => {
      const target = overrideTarget(scope, CART, {});
      expect(target.namespace).toBe(namespace);
      expect(describeTarget(target)).toBe(text);
      expect(scopeOfTarget(target)).toBe(scope);
    },
  );

  it('of the mesh stands in the root namespace that the mesh config names', () => {
    expect(overrideTarget('mesh', CART, ELSEWHERE).namespace).toBe('mesh-root');
    expect(rootNamespaceOf(ELSEWHERE)).toBe('mesh-root');
  });

  it('is told by the name of its object alone', () => {
    for (const scope of ['namespace', 'mesh'] as const) {
      const object = telemetry('shop', wideOverrideName(scope));
      expect(scopeOfOverride(object)).toBe(scope);
      expect(scopeOfTarget({ kind: wideTargetOf(object)?.kind ?? '' })).toBe(
        scope,
      );
    }
    const workloads = telemetry('shop', 'mesh-tracing.namespace');
    expect(scopeOfOverride(workloads)).toBe('workload');
    expect(wideTargetOf(workloads)).toBeUndefined();
  });
});

describe("the portal's object of a scope", () => {
  const shop = telemetry('shop', 'mesh-tracing-namespace', { managed: true });
  const mesh = telemetry('istio-system', 'mesh-tracing-mesh', {
    managed: true,
  });

  it('is found in the namespace, or in the root namespace', () => {
    const all = inputs(shop, mesh);
    expect(findWideOverride(all, 'namespace', 'shop')).toBe(shop);
    expect(findWideOverride(all, 'namespace', 'other')).toBeUndefined();
    expect(findWideOverride(all, 'mesh', 'shop')).toBe(mesh);
  });

  it('is not what others made under its name', () => {
    const theirs = telemetry('shop', 'mesh-tracing-namespace');
    expect(
      findWideOverride(inputs(theirs), 'namespace', 'shop'),
    ).toBeUndefined();
  });
});

describe('another Telemetry for the whole namespace', () => {
  const own = { namespace: 'shop', name: 'mesh-tracing-namespace' };
  const rivalOf = (...telemetries: Telemetry[]) =>
    findNamespaceWideRival(inputs(...telemetries), own)?.metadata.name;
  const mine = (created: string) =>
    telemetry('shop', own.name, { managed: true, created });

  it('is found, whichever of the two is older', () => {
    const theirs = telemetry('shop', 'theirs', {
      created: '2026-02-01T00:00:00Z',
    });
    expect(rivalOf(theirs)).toBe('theirs');
    expect(rivalOf(theirs, mine('2026-01-01T00:00:00Z'))).toBe('theirs');
    expect(rivalOf(theirs, mine('2026-03-01T00:00:00Z'))).toBe('theirs');
  });

  it('is not the own one, one with a selector, or one elsewhere', () => {
    expect(
      rivalOf(
        mine('2026-01-01T00:00:00Z'),
        telemetry('other', 'theirs'),
        telemetry('shop', 'narrow', {
          spec: {
            selector: { matchLabels: { app: 'cart' } },
            tracing: [{ randomSamplingPercentage: 1 }],
          },
        }),
      ),
    ).toBeUndefined();
  });
});
