import { ConfigReader } from '@backstage/config';
import { readClusterConfigs } from './readClusterConfigs';

const inCluster = { name: 'prod', connection: { type: 'inCluster' } };
const account = {
  type: 'serviceAccount',
  url: 'https://api.example.com:6443',
  token: 'secret-token',
};

function read(...clusters: object[]) {
  return readClusterConfigs(
    new ConfigReader({ meshTracing: { clusters } } as object),
  );
}

describe('readClusterConfigs', () => {
  it('is empty without configuration', () => {
    expect(readClusterConfigs(new ConfigReader({}))).toEqual([]);
  });

  it('reads each kind of connection', () => {
    expect(
      read(
        inCluster,
        {
          name: 'stage',
          connection: { type: 'kubeconfig', path: '/k', context: 'c' },
          traceStore: 'main',
          rootNamespace: 'mesh-root',
          istioNamespace: 'mesh',
          revision: '1-31',
          timeout: { seconds: 3 },
        },
        { name: 'dev', connection: account, timeout: '500ms' },
      ),
    ).toEqual([
      {
        name: 'prod',
        connection: { type: 'inCluster' },
        istioNamespace: 'istio-system',
        timeoutMs: 10_000,
      },
      {
        name: 'stage',
        connection: { type: 'kubeconfig', path: '/k', context: 'c' },
        traceStore: 'main',
        rootNamespace: 'mesh-root',
        istioNamespace: 'mesh',
        revision: '1-31',
        timeoutMs: 3_000,
      },
      {
        name: 'dev',
        connection: account,
        istioNamespace: 'istio-system',
        timeoutMs: 500,
      },
    ]);
  });

  it("reads how istiod's debug interface is reached", () => {
    const debugUrls = ['http://istiod.istio-system:15014/'];
    const [cluster] = read({
      ...inCluster,
      istiod: { debugUrls, tokenFile: '/token', allowPlainText: true },
    });
    expect(cluster?.istiod).toEqual({
      debugUrls: ['http://istiod.istio-system:15014'],
      tokenFile: '/token',
      allowPlainText: true,
    });
  });

  it.each([
    [{}, /istiod\.debugUrls is missing/],
    [{ debugUrls: ['istiod'] }, /istiod\.debugUrls\[0\] is not a URL/],
    [
      { debugUrls: ['http://a:b@istiod'] },
      /istiod\.debugUrls\[0\] contains credentials/,
    ],
    [
      { debugUrls: ['http://istiod'], token: 't', tokenFile: '/t' },
      /istiod\.token stands beside tokenFile/,
    ],
  ])('refuses istiod %j', (istiod, message) => {
    expect(() => read({ ...inCluster, istiod })).toThrow(message);
  });

  const PATH = String.raw`meshTracing\.clusters\[0\]`;
  it.each([
    [
      'no name',
      { connection: { type: 'inCluster' } },
      `${PATH}.name is missing`,
    ],
    [
      'a separator in the name',
      { ...inCluster, name: 'a/b' },
      `${PATH}.name 'a/b' contains`,
    ],
    [
      'no connection',
      { name: 'a' },
      `${PATH}.connection is missing; .*inCluster`,
    ],
    [
      'no type',
      { name: 'a', connection: { path: '/k' } },
      `${PATH}.connection.type is missing; write kubeconfig`,
    ],
    [
      'an unknown type',
      { name: 'a', connection: { type: 'magic' } },
      `${PATH}.connection.type is 'magic'; write kubeconfig, inCluster or serviceAccount`,
    ],
    [
      'a kubeconfig without path',
      { name: 'a', connection: { type: 'kubeconfig' } },
      `${PATH}.connection.path is missing`,
    ],
    [
      'a service account without URL',
      { name: 'a', connection: { type: 'serviceAccount', token: 't' } },
      `${PATH}.connection.url is missing`,
    ],
    [
      'no URL',
      { name: 'a', connection: { ...account, url: 'api:6443' } },
      `${PATH}.connection.url is not a URL`,
    ],
    [
      'another scheme',
      { name: 'a', connection: { ...account, url: 'ftp://x' } },
      `${PATH}.connection.url is not a URL`,
    ],
    [
      'credentials in the URL',
      { name: 'a', connection: { ...account, url: 'https://u:p@x' } },
      `${PATH}.connection.url contains credentials`,
    ],
    [
      'plain http',
      { name: 'a', connection: { ...account, url: 'http://api.example.com' } },
      `${PATH}.connection.url is http, .*; use https`,
    ],
    [
      'http on a name that only looks local',
      {
        name: 'a',
        connection: { ...account, url: 'http://127.0.0.1.example.com' },
      },
      `${PATH}.connection.url is http`,
    ],
    [
      'no token',
      { name: 'a', connection: { type: 'serviceAccount', url: account.url } },
      `${PATH}.connection.token is missing`,
    ],
    [
      'two tokens',
      { name: 'a', connection: { ...account, tokenFile: '/t' } },
      `${PATH}.connection.token stands beside tokenFile`,
    ],
    [
      'two authorities',
      { name: 'a', connection: { ...account, caData: 'x', caFile: '/c' } },
      `${PATH}.connection.caData stands beside caFile`,
    ],
    [
      'a bad namespace',
      { ...inCluster, istioNamespace: 'Istio' },
      `${PATH}.istioNamespace 'Istio' is not`,
    ],
    [
      'a bad root namespace',
      { ...inCluster, rootNamespace: 'a/b' },
      `${PATH}.rootNamespace 'a/b' is not`,
    ],
    [
      'a bad selector of pods',
      { ...inCluster, podSelector: 'tier in a' },
      `${PATH}.podSelector is not a label selector`,
    ],
    [
      'a bad time limit',
      { ...inCluster, timeout: 'soon' },
      `${PATH}.timeout is not a duration`,
    ],
    [
      'a time limit out of range',
      { ...inCluster, timeout: { hours: 1 } },
      `${PATH}.timeout is out of range`,
    ],
  ])(
    'refuses %s, says where it is and what to write instead, and shows no secret',
    (_, cluster, message) => {
      let error: unknown;
      try {
        read(cluster);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(message),
      });
      expect(String(error)).not.toContain('secret-token');
    },
  );

  it('refuses two clusters of one name', () => {
    expect(() => read(inCluster, inCluster)).toThrow(
      "meshTracing.clusters[1].name 'prod' is taken by another cluster",
    );
  });

  it.each([
    'http://127.0.0.1:8001',
    'http://localhost:8001',
    'http://[::1]:8001',
  ])('allows plain http to this machine: %s', url => {
    expect(read({ name: 'a', connection: { ...account, url } })).toHaveLength(
      1,
    );
  });
});
