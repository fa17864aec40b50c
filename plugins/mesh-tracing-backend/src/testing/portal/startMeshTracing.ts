import {
  createBackendModule,
  createServiceFactory,
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { apiRoutes, type Workload } from 'backstage-plugin-mesh-tracing-common';
import {
  meshClustersExtensionPoint,
  traceStoresExtensionPoint,
} from 'backstage-plugin-mesh-tracing-node';
import type { Knex } from 'knex';
import request from 'supertest';
import meshTracingPlugin from '../..';
import { exampleCluster } from './exampleCluster';
import { sqlite } from '../sampling/samplingHarness';
import { FakeTraceStore } from './FakeTraceStore';
import { HIDDEN_REF, exampleCatalog } from './exampleCatalog';
import { exampleTraces } from './exampleTraces';
import { requireDeclared } from './requireDeclared';
import { groupsOf, personas, type Persona } from './personas';

const OLIVIA = 'user:default/olivia';

/** Decides by the name of the permission, by the entity if it is about one, and by who asks. */
export type Policy = (
  permission: string,
  entityRef?: string,
  userRef?: string,
) => boolean;

/** What a test may change of the example. */
export interface MeshTracingOptions {
  policy?: Policy;
  /** `meshTracing` of the configuration. */
  config?: object;
  /** Whether the permission framework is on; it is off when absent. */
  permissionsEnabled?: boolean;
  /** Without clusters and stores. */
  bare?: boolean;
  /** An empty database; SQLite in memory when absent. */
  knex?: Knex;
  /** In the catalog besides the example, visible to Olivia only. */
  entities?: Entity[];
  /** In the catalog besides the example, visible to all. */
  publicEntities?: Entity[];
  /** In the cluster besides the example. */
  workloads?: Workload[];
}

function userRefOf(credentials: BackstageCredentials): string | undefined {
  return (credentials.principal as { userEntityRef?: string }).userEntityRef;
}

/** A catalog that shows each caller only what the caller may see, and plugins all. */
function catalogFactory(hidden: Entity[], shown: Entity[]) {
  const all = catalogServiceMock({
    entities: [...exampleCatalog, ...hidden, ...shown],
  });
  const visible = catalogServiceMock({
    entities: [
      ...exampleCatalog.filter(
        ({ kind, metadata }) =>
          `${kind.toLowerCase()}:default/${metadata.name}` !== HIDDEN_REF,
      ),
      ...shown,
    ],
  });
  const of = ({ credentials }: { credentials: BackstageCredentials }) => {
    const { type } = credentials.principal as { type?: string };
    return type === 'service' || userRefOf(credentials) === OLIVIA
      ? all
      : visible;
  };
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => ({
      ...visible,
      getEntityByRef: async (ref, options) => {
        // As PostgreSQL does below the real one.
        if (typeof ref === 'string' && ref.includes('\0')) {
          throw new Error('invalid byte sequence for encoding "UTF8": 0x00');
        }
        if (/[\u{10000}-\u{10ffff}]/u.test(String(ref))) {
          // As the client of the real one, which can't write it in a path.
          throw Object.assign(
            new Error('Request failed with 400 Bad Request'),
            {
              name: 'ResponseError',
              statusCode: 400,
            },
          );
        }
        return of(options).getEntityByRef(ref, options);
      },
      getEntities: (query, options) => of(options).getEntities(query, options),
      getEntitiesByRefs: (query, options) =>
        of(options).getEntitiesByRefs(query, options),
    }),
  });
}

function permissionsMock(policy: Policy) {
  const authorize: PermissionsService['authorize'] = async (
    requests,
    options,
  ) =>
    requests.map(({ permission, ...about }) => ({
      result: policy(
        permission.name,
        'resourceRef' in about ? about.resourceRef : undefined,
        options && 'credentials' in options
          ? userRefOf(options.credentials)
          : undefined,
      )
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
    }));
  return mockServices.permissions.mock({ authorize });
}

/** A route of the contract, by name. */
export type RouteName = keyof typeof apiRoutes;

/** What a question to a route may carry. */
export interface Question {
  /** `kind/namespace/name`; the frontend when absent. */
  entity?: string;
  traceId?: string;
  query?: object;
  body?: object;
}

/** {@link startMeshTracing}'s answer. */
export type MeshTracingHarness = Awaited<ReturnType<typeof startMeshTracing>>;

/** The plugin on the example, reached over HTTP as any of the personas. */
export async function startMeshTracing(options: MeshTracingOptions = {}) {
  const knex = options.knex ?? sqlite();
  const cluster = exampleCluster(options.workloads ?? []);
  const store = new FakeTraceStore('main', exampleTraces(Date.now()));
  const auditor = mockServices.auditor.mock();
  const audited: Array<{
    eventId: string;
    severityLevel?: string;
    meta?: unknown;
    outcome?: 'success' | 'fail';
  }> = [];
  const auditedErrors: unknown[] = [];
  auditor.createEvent.mockImplementation(
    async ({ eventId, severityLevel, meta }) => {
      const event: (typeof audited)[number] = { eventId, severityLevel, meta };
      requireDeclared(event);
      audited.push(event);
      return {
        success: async () => {
          event.outcome = 'success';
        },
        fail: async failure => {
          event.outcome = 'fail';
          auditedErrors.push(failure);
        },
      };
    },
  );
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const rootLogger = mockServices.rootLogger.mock();
  rootLogger.child.mockReturnValue(rootLogger);
  const example = createBackendModule({
    pluginId: 'mesh-tracing',
    moduleId: 'example',
    register(env) {
      env.registerInit({
        deps: {
          clusters: meshClustersExtensionPoint,
          stores: traceStoresExtensionPoint,
        },
        async init({ clusters, stores }) {
          clusters.addCluster(cluster);
          stores.addTraceStore(store);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      meshTracingPlugin,
      ...(options.bare ? [] : [example]),
      catalogFactory(options.entities ?? [], options.publicEntities ?? []),
      auditor.factory,
      logger.factory,
      rootLogger.factory,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          meshTracing: options.config ?? {},
          permission: { enabled: options.permissionsEnabled ?? false },
        },
      }),
      permissionsMock(options.policy ?? (() => true)).factory,
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const userEntityRef = userRefOf(credentials) ?? '';
          return {
            userEntityRef,
            ownershipEntityRefs: [
              userEntityRef,
              ...(groupsOf[userEntityRef] ?? []),
            ],
          };
        },
      }).factory,
    ],
  });

  const { server } = backend;
  /** Asks a route as a persona; an answer that breaks the contract fails the test. */
  const ask = async (
    persona: Persona,
    name: RouteName,
    given: Question = {},
  ) => {
    const route = apiRoutes[name];
    const path = route.path
      .replace(
        '{kind}/{namespace}/{name}',
        given.entity ?? 'component/default/frontend',
      )
      .replace('{traceId}', given.traceId ?? '');
    const pending = request(server)
      [route.method](`/api/mesh-tracing${path}`)
      .set('authorization', personas[persona])
      .query(given.query ?? {});
    const response = await (given.body ? pending.send(given.body) : pending);
    if (response.status === 200 && response.type === 'application/json') {
      expect(route.response.parse(response.body)).toEqual(response.body);
    }
    return response;
  };
  return {
    server,
    stop: async () => {
      await backend.stop();
      if (!options.knex) {
        await knex.destroy();
      }
    },
    ask,
    cluster,
    store,
    auditor,
    audited,
    auditedErrors,
    logger,
    rootLogger,
  };
}
