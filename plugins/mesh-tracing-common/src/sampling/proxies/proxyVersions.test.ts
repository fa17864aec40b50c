import type { Workload } from '../../workloads';
import { proxyVersionProblem } from './proxyVersions';
import { testWorkload } from '../../testing/testWorkload';

const judge = (...workloads: Workload[]) =>
  proxyVersionProblem(workloads, { major: 1, minor: 29 }, 'This needs');
const problem = (...workloads: Workload[]) => judge(...workloads)?.what;

/** A workload whose pods have proxies of these versions; null = no proxy. */
function withProxies(
  name: string,
  ...versions: Array<string | undefined | null>
): Workload {
  const lowest = versions.find(Boolean) ?? undefined;
  return testWorkload(
    name,
    {},
    {
      proxyVersion: lowest,
      pods: versions.map((proxyVersion, index) => ({
        name: `${name}-${index}`,
        labels: {},
        ready: true,
        ...(proxyVersion !== null && { proxyVersion, proxyEnvironment: [] }),
      })),
    },
  );
}

describe('what needs new proxies', () => {
  it.each(['1.29.0', '1.30.2', '2.0.0'])('is allowed with %s', version => {
    expect(problem(withProxies('a', version))).toBeUndefined();
  });

  it('is refused where a proxy is older', () => {
    expect(
      problem(withProxies('a', '1.30.0'), withProxies('b', '1.30.0', '1.9.4')),
    ).toBe(
      'This needs proxies of Istio 1.29 or newer; main/shop/Deployment/b has 1.9.4',
    );
  });

  it('is refused where the version of a single pod cannot be told, saying which and how to tell', () => {
    expect(judge(withProxies('a', '1.30.0', undefined))).toEqual({
      what: expect.stringContaining('pod shop/a-1 '),
      whatToDo: expect.stringContaining('proxyv2:1.31.0@sha256:'),
      isUnknown: true,
    });
  });

  it('tells an old proxy first, should others not be known', () => {
    expect(judge(withProxies('a', undefined, '1.28.0'))).toMatchObject({
      what: expect.stringContaining('has 1.28.0'),
      isUnknown: false,
    });
  });

  it('is refused where nothing is known of any pod', () => {
    expect(
      problem(testWorkload('a', {}, { proxyVersion: undefined })),
    ).toContain('pod shop/a-1 ');
  });

  it('is refused while no pod runs, but not for one of many workloads', () => {
    const idle = testWorkload('a', {}, { proxyVersion: undefined, pods: [] });
    expect(problem(idle)).toContain('no pod of main/shop/Deployment/a runs');
    expect(problem(idle, withProxies('b', '1.30.0'))).toBeUndefined();
  });

  it('asks nothing of pods and workloads without a proxy', () => {
    expect(problem(withProxies('a', '1.30.0', null))).toBeUndefined();
    expect(
      problem(
        testWorkload('a', {}, { proxy: 'none', proxyVersion: undefined }),
      ),
    ).toBeUndefined();
  });

  it('names a few of many', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map(name =>
      withProxies(name, '1.28.0'),
    );
    expect(problem(...many)).toMatch(/Deployment\/c has 1\.28\.0, 2 more$/);
  });
});
