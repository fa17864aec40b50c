import type { WorkloadPod } from '../../../workloads';
import {
  factsOf,
  injectionOf,
  podOf,
} from '../../../testing/configurationFacts';
import { judgeInMesh } from './judgeInMesh';

const bare = (overrides: Partial<WorkloadPod> = {}) =>
  podOf({
    name: 'reviews-bare',
    proxy: 'none',
    proxyVersion: undefined,
    ...overrides,
  });

function judge(
  pods: WorkloadPod[],
  injection = injectionOf(),
  workload: object = {},
) {
  const proxy = pods.every(pod => pod.proxy === 'none') ? 'none' : 'sidecar';
  return judgeInMesh(
    factsOf({ workload: { pods, proxy, ...workload }, facts: { injection } }),
  );
}

const commands = (rung: ReturnType<typeof judge>) =>
  rung.mends.map(mend => (mend.kind === 'command' ? mend.command : mend.kind));

describe('the rung "in the mesh"', () => {
  it('is well when each pod has a proxy, and names their versions', () => {
    const rung = judge([podOf(), podOf({ proxyVersion: '1.30.4' })]);
    expect(rung).toMatchObject({
      id: 'in-mesh',
      verdict: 'good',
      cause: 'All 2 pods have a proxy, 1.30.4 and 1.31.0.',
      docs: 'diagnosis#in-mesh',
    });
    expect(rung.evidence[0]?.source).toBe('Pods of Deployment shop/reviews');
  });

  it("is broken for a pod that is older than its namespace's label, and restarts it", () => {
    const rung = judge([
      podOf(),
      podOf({ name: 'reviews-2' }),
      bare({ createdAtMs: Date.parse('2026-11-01T08:00:00Z') }),
    ]);
    expect(rung).toMatchObject({
      verdict: 'broken',
      code: 'pod-older-than-label',
      cause:
        '2 of 3 pods have a proxy, 1.31.0. One is older than the label istio-injection=enabled of namespace shop.',
    });
    expect(commands(rung)).toEqual([
      'kubectl -n shop rollout restart deployment/reviews',
    ]);
    expect(rung.evidence[1]?.seen).toContain('set by 2026-11-10 08:00 UTC');
  });

  it('does not blame the label for a pod that was created after it', () => {
    expect(judge([bare()])).toMatchObject({ code: 'not-injected' });
    expect(judge([bare({ createdAtMs: undefined })])).toMatchObject({
      code: 'not-injected',
    });
  });

  it.each([
    ['no label', injectionOf({}), {}, 'injection-label-missing'],
    [
      'a label that says disabled, whatever the pod says',
      injectionOf({ 'istio-injection': 'disabled', 'istio.io/rev': 'default' }),
      { labels: { 'sidecar.istio.io/inject': 'true' }, inject: 'true' },
      'namespace-injection-disabled',
    ],
    [
      'a pod that says no',
      injectionOf(),
      { inject: 'false' },
      'injection-refused',
    ],
    [
      "a pod in its node's network",
      injectionOf(),
      { hostNetwork: true as const },
      'host-network',
    ],
    [
      'a revision that nothing serves',
      injectionOf({ 'istio.io/rev': 'canary' }),
      {},
      'revision-unknown',
    ],
    [
      'a tag that stands for a revision',
      injectionOf({ 'istio.io/rev': 'prod' }, [
        { revision: '1-31', tag: 'prod' },
      ]),
      { createdAtMs: 0 },
      'pod-older-than-label',
    ],
    [
      'injectors that are unknown',
      { ...injectionOf({ 'istio.io/rev': 'canary' }), injectors: undefined },
      { createdAtMs: 0 },
      'pod-older-than-label',
    ],
    [
      'a namespace in the ambient mesh that ztunnel leaves alone',
      injectionOf({ 'istio.io/dataplane-mode': 'ambient' }),
      { ambient: false },
      'ambient-not-captured',
    ],
  ])('tells why a pod has no proxy: %s', (_, injection, pod, code) => {
    expect(judge([bare(pod)], injection)).toMatchObject({
      verdict: 'broken',
      code,
    });
  });

  it('offers to label the workload alone, and else the namespace, by the revision that is there', () => {
    const missing = judge([bare()], injectionOf({}));
    expect(commands(missing)).toEqual([
      `kubectl -n shop patch deployment reviews --type=merge -p '{"spec":{"template":{"metadata":{"labels":{"sidecar.istio.io/inject":"true"}}}}}'`,
      'kubectl label namespace shop istio-injection=enabled --overwrite && kubectl -n shop rollout restart deployment/reviews',
    ]);
    const revised = judgeInMesh(
      factsOf({
        workload: { pods: [bare()], proxy: 'none' },
        inputs: {
          istiod: {
            version: '1.31.0',
            environmentKnown: true,
            revision: '1-31',
          },
        },
        facts: { injection: injectionOf({}) },
      }),
    );
    expect(commands(revised)[1]).toContain(
      'kubectl label namespace shop istio.io/rev=1-31 --overwrite istio-injection-',
    );
  });

  it('takes the annotation away with which a pod refused its proxy', () => {
    expect(commands(judge([bare({ inject: 'false' })]))[0]).toContain(
      '"annotations":{"sidecar.istio.io/inject":null}',
    );
  });

  it('says what would tell where the namespace may not be read', () => {
    const rung = judgeInMesh(
      factsOf({
        workload: { pods: [bare()], proxy: 'none' },
        facts: {
          injection: undefined,
          unread: [
            {
              what: 'namespaces',
              message: 'The portal may not read namespaces.',
              whatToDo: 'Grant the rule.',
            },
          ],
        },
      }),
    );
    expect(rung).toMatchObject({ verdict: 'broken', code: 'not-injected' });
    expect(rung.evidence[1]?.seen).toContain('Grant the rule.');
  });

  it('can not tell where pods or their proxies are unknown', () => {
    expect(judge([podOf({ proxy: undefined })])).toMatchObject({
      verdict: 'unknown',
      needs: expect.stringContaining('which pods have a proxy'),
    });
    const unread = [
      {
        what: 'pods',
        message: 'Pods may not be read.',
        whatToDo: 'Grant pods.',
      },
    ];
    expect(
      judgeInMesh(factsOf({ workload: { pods: [] }, facts: { unread } })),
    ).toMatchObject({ verdict: 'unknown', needs: 'Grant pods.' });
  });

  it('is broken without pods, and scales the workload up', () => {
    const rung = judge([], injectionOf(), { proxy: 'sidecar' });
    expect(rung).toMatchObject({ verdict: 'broken', code: 'no-pods' });
    expect(commands(rung)).toEqual([
      'kubectl -n shop scale deployment/reviews --replicas=1',
    ]);
  });

  it('knows a job between its runs by its last pod', () => {
    const job = { kind: 'CronJob', name: 'nightly' };
    expect(
      judge([], injectionOf(), { ...job, proxy: 'sidecar' }),
    ).toMatchObject({ verdict: 'good' });
    expect(judge([], injectionOf(), { ...job, proxy: 'none' })).toMatchObject({
      verdict: 'unknown',
      code: 'between-runs',
    });
    expect(
      judge([bare({ inject: 'false' })], injectionOf(), job),
    ).toMatchObject({ verdict: 'broken', code: 'job-without-proxy' });
  });

  it('is broken where ztunnel alone carries the requests, and makes a waypoint', () => {
    const ambient = injectionOf({ 'istio.io/dataplane-mode': 'ambient' });
    const rung = judge([bare(), bare()], ambient, {
      ambient: true,
      routes: [],
    });
    expect(rung).toMatchObject({
      verdict: 'broken',
      code: 'ambient-without-waypoint',
      cause: expect.stringContaining('no waypoint'),
    });
    const [yaml] = rung.mends;
    expect(yaml).toMatchObject({
      kind: 'yaml',
      yaml: expect.stringMatching(
        /gatewayClassName: istio-waypoint[^]*\n---\n[^]*istio.io\/use-waypoint: waypoint/,
      ),
    });
  });

  it('offers a sidecar in place of ztunnel, unless the namespace refuses sidecars', () => {
    const mends = (labels: Record<string, string>) =>
      judge([bare()], injectionOf(labels), { ambient: true, routes: [] }).mends;
    const labels = { 'istio.io/dataplane-mode': 'ambient' };
    expect(mends(labels)).toContainEqual(
      expect.objectContaining({
        command: expect.stringContaining(
          '"labels":{"istio.io/dataplane-mode":"none","sidecar.istio.io/inject":"true"}',
        ),
      }),
    );
    expect(
      JSON.stringify(mends({ ...labels, 'istio-injection': 'disabled' })),
    ).not.toContain('sidecar.istio.io/inject');
  });

  it('is well where a waypoint makes the spans', () => {
    const waypoint = { namespace: 'shop', name: 'waypoint' };
    const rung = judge([bare({ ambient: true })], injectionOf({}), {
      ambient: true,
      routes: [
        {
          to: { kind: 'Service', namespace: 'shop', name: 'reviews' },
          state: 'waypoint',
          waypoint,
          fromIngress: true,
        },
      ],
    });
    expect(rung).toMatchObject({
      verdict: 'good',
      cause: expect.stringContaining('waypoint shop/waypoint'),
    });
  });
});
