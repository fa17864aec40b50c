import { ConfigReader } from '@backstage/config';
import { mockLogger } from '../testing/services/mockLogger';
import { createClusters } from './createClusters';

const logger = mockLogger();

describe('createClusters', () => {
  it('makes a cluster of each entry', () => {
    const [cluster] = createClusters(
      new ConfigReader({
        meshTracing: {
          clusters: [
            {
              name: 'prod',
              traceStore: 'main',
              connection: {
                type: 'serviceAccount',
                url: 'https://api.example.com',
                token: 't',
              },
            },
          ],
        },
      }),
      { logger },
    );
    expect(cluster).toMatchObject({ name: 'prod', traceStore: 'main' });
  });

  it('says which entry has a connection that can not work', () => {
    const config = new ConfigReader({
      meshTracing: {
        clusters: [
          {
            name: 'prod',
            connection: { type: 'kubeconfig', path: '/does/not/exist' },
          },
        ],
      },
    });
    expect(() => createClusters(config, { logger })).toThrow(
      /meshTracing\.clusters\[0\]\.connection of cluster 'prod' .*check the path/,
    );
  });
});
