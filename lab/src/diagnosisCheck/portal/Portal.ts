import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import meshTracingPlugin from 'backstage-plugin-mesh-tracing-backend';
import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { sqliteDatabase } from '../../samplingCheck/CheckDatabase';
import { labPath } from '../../labPath';

const USER = 'user:default/petra';
const LIMIT_MS = 30_000;

type RouteName = keyof typeof apiRoutes;
type AnswerTo<Name extends RouteName> = z.output<
  (typeof apiRoutes)[Name]['response']
>;

/** What a request to the product carries. */
interface Asked {
  /** Name of the component. */
  entity: string;
  query?: Record<string, string | number>;
  body?: object;
}

/**
 * The lab's components, as the product's example describes them, without the one that
 * only contests another.
 */
function components(): Entity[] {
  const text = readFileSync(labPath('..', 'examples', 'bookinfo.yaml'), 'utf8');
  return parseAllDocuments(text)
    .map(document => document.toJS() as Entity)
    .filter(
      ({ kind, metadata }) =>
        kind === 'Component' && metadata.name !== 'book-metadata',
    )
    .map(entity => ({
      ...entity,
      relations: [{ type: 'ownedBy', targetRef: USER }],
    }));
}

/**
 * The product's backend plugin with a configuration of its own, asked over HTTP by a
 * person who owns every component.
 */
export class Portal {
  readonly #url: string;
  readonly #stop: () => Promise<void>;

  /** @param meshTracing - the configuration under this key */
  static async start(
    meshTracing: object,
    adjust: (entities: Entity[]) => Entity[] = entities => entities,
  ): Promise<Portal> {
    const entities = adjust(components());
    const database = await sqliteDatabase();
    const backend = await startTestBackend({
      features: [
        meshTracingPlugin,
        catalogServiceMock.factory({ entities }),
        mockServices.database.factory({ knex: database.knex }),
        mockServices.rootConfig.factory({
          data: { meshTracing } as JsonObject,
        }),
      ],
    });
    const { server } = backend;
    const { port } = await addressOf(server);
    return new Portal(`http://localhost:${port}/api/mesh-tracing`, async () => {
      await backend.stop();
      await database.stop();
    });
  }

  private constructor(url: string, stop: () => Promise<void>) {
    this.#url = url;
    this.#stop = stop;
  }

  /**
   * Asks a route of the product.
   *
   * @throws Error with the product's words when it refuses, or answers outside of
   * its contract
   */
  async ask<Name extends RouteName>(
    name: Name,
    { entity, query = {}, body }: Asked,
  ): Promise<AnswerTo<Name>> {
    const route = apiRoutes[name];
    const path = route.path.replace(
      '{kind}/{namespace}/{name}',
      `component/default/${entity}`,
    );
    const url = new URL(`${this.#url}${path}`);
    for (const [key, value] of Object.entries(query)) {
      url.searchParams.set(key, String(value));
    }
    const response = await fetch(url, {
      method: route.method.toUpperCase(),
      signal: AbortSignal.timeout(LIMIT_MS),
      headers: {
        authorization: mockCredentials.user.header(USER),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${name} of ${entity}: ${response.status} ${text}`);
    }
    return route.response.parse(JSON.parse(text)) as AnswerTo<Name>;
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

async function addressOf(server: Server): Promise<AddressInfo> {
  if (!server.listening) await once(server, 'listening');
  return server.address() as AddressInfo;
}
