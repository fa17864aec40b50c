import type { AuditorService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import {
  createSampling,
  DatabaseSamplingStore,
  readSamplingConfig,
  type MeshClusters,
  type Sampling,
} from '../backendInternals';
import { quietLogger } from './portal';

const auditor: AuditorService = {
  createEvent: async () => ({ success: async () => {}, fail: async () => {} }),
};

/** The sampling capability of one replica. */
export async function createReplica(
  clusters: MeshClusters,
  knex: Knex,
  now: () => Date = () => new Date(),
): Promise<Sampling> {
  const store = await DatabaseSamplingStore.create({
    database: { getClient: async () => knex },
  });
  return createSampling({
    clusters,
    store,
    config: readSamplingConfig(
      new ConfigReader({
        meshTracing: {
          sampling: { rateLimit: 100_000, otherWorkloads: 'any' },
        },
      }),
    ),
    auditor,
    logger: quietLogger,
    now,
  });
}
