import { ConfigReader } from '@backstage/config';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockLogger } from '../testing/services/mockLogger';
import { createClusters } from './createClusters';

type Json = Record<string, unknown>;

const FAR = 'http://api.example.com';
const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: c
clusters: [{ name: c, cluster: { server: '${FAR}' } }]
users: [{ name: u, user: { token: hush-token } }]
contexts: [{ name: c, context: { cluster: c, user: u } }]
`;

describe('credentials of a cluster over plain http to another machine', () => {
  const logger = mockLogger();
  let folder: string;

  beforeEach(() => {
    logger.warn.mockClear();
    folder = mkdtempSync(join(tmpdir(), 'plain-text-'));
    writeFileSync(join(folder, 'kubeconfig'), KUBECONFIG);
    writeFileSync(join(folder, 'token'), 'hush-token');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const create = (connection: Json, istiod?: Json) =>
    createClusters(
      new ConfigReader({
        meshTracing: {
          clusters: [{ name: 'prod', connection, ...(istiod && { istiod }) }],
        },
      } as never),
      { logger },
    );
  const connections = (): Array<[string, Json]> => [
    ['a token', { type: 'serviceAccount', url: FAR, token: 'hush-token' }],
    [
      'a token file',
      {
        type: 'serviceAccount',
        url: FAR,
        tokenFile: join(folder, 'token'),
      },
    ],
    ['a kubeconfig', { type: 'kubeconfig', path: join(folder, 'kubeconfig') }],
  ];
  const SAFE = {
    type: 'serviceAccount',
    url: 'https://api.example.com',
    token: 'hush-token',
  };

  it('stop the start, however they are configured', () => {
    for (const [, connection] of connections()) {
      expect(() => create(connection)).toThrow(
        /meshTracing\.clusters\[0\]\.connection.* is http, which would send the (?:token|credentials) in the clear; use https, or say allowPlainText/,
      );
      expect(() => create(connection)).not.toThrow(/hush/);
    }
  });

  it('go where the site says allowPlainText, with a warning at each start', () => {
    for (const [, connection] of connections()) {
      logger.warn.mockClear();
      create({ ...connection, allowPlainText: true });
      expect(logger.warn.mock.calls).toEqual([
        [
          expect.stringMatching(
            /^The API server of cluster 'prod' is reached by plain http/,
          ),
        ],
      ]);
    }
  });

  it('are not sent to istiod either, unless the site says so', () => {
    const debugUrls = ['https://istiod-1', 'http://istiod.istio-system:15014'];
    const credentials = [{ token: 'hush-token' }, { tokenFile: '/token' }];
    for (const credential of credentials) {
      expect(() => create(SAFE, { debugUrls, ...credential })).toThrow(
        'meshTracing.clusters[0].istiod.debugUrls[1] is http, which would send the token in the clear; use https, or say allowPlainText',
      );
      logger.warn.mockClear();
      create(SAFE, { debugUrls, ...credential, allowPlainText: true });
      expect(logger.warn.mock.calls).toEqual([
        [
          expect.stringMatching(
            /^istiod of cluster 'prod' is reached by plain http/,
          ),
        ],
      ]);
    }
  });

  it('raise no warning at istiod without a token, on this machine, or with TLS', () => {
    create(SAFE, { debugUrls: ['http://istiod.istio-system:15014'] });
    create(SAFE, { debugUrls: ['http://localhost:15014'], token: 'hush' });
    create(SAFE, { debugUrls: ['https://istiod:15014'], token: 'hush' });
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
