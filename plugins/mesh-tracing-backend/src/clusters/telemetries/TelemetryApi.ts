import { InputError } from '@backstage/errors';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type {
  ClusterReadOptions,
  TelemetryWriteOptions,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import { ApiServerError } from '../api/ApiServerError';
import type { ApiRequest, ApiServerClient } from '../api/ApiServerClient';
import { TELEMETRY_GROUP, TELEMETRY_VERSIONS } from '../mesh/meshResources';
import { toPortalError, type TelemetryRequest } from './toPortalError';

const FIELD_MANAGER = 'mesh-tracing';

/**
 * Reads and writes single Telemetries of one cluster. Errors are those that
 * `MeshCluster` promises.
 */
export class TelemetryApi {
  readonly #cluster: string;
  readonly #client: ApiServerClient;
  readonly #version: () => string | undefined;

  static create(options: {
    cluster: string;
    client: ApiServerClient;
    /** The API version that the cluster serves, if it is known. */
    version: () => string | undefined;
  }): TelemetryApi {
    return new TelemetryApi(options);
  }

  private constructor(options: {
    cluster: string;
    client: ApiServerClient;
    version: () => string | undefined;
  }) {
    this.#cluster = options.cluster;
    this.#client = options.client;
    this.#version = options.version;
  }

  async get(
    namespace: string,
    name: string,
    { signal }: ClusterReadOptions = {},
  ): Promise<Telemetry | undefined> {
    const target = { verb: 'get', namespace, name } as const;
    try {
      const { body } = await this.#client.request({
        path: this.#path(namespace, name),
        signal,
      });
      return this.#telemetry(body);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ApiServerError && error.statusCode === 404) {
        return undefined;
      }
      throw this.#portalError(error, target);
    }
  }

  async create(
    telemetry: Telemetry,
    options: TelemetryWriteOptions = {},
  ): Promise<TelemetryWriteResult> {
    const { namespace, name } = telemetry.metadata;
    const { labels, annotations } = telemetry.metadata;
    return this.#write(
      {
        method: 'POST',
        path: this.#path(namespace),
        query: writeQuery(options),
        body: this.#body(telemetry, { name, namespace, labels, annotations }),
      },
      { verb: 'create', namespace, name },
    );
  }

  async replace(
    telemetry: Telemetry,
    options: TelemetryWriteOptions = {},
  ): Promise<TelemetryWriteResult> {
    // The API server keeps `managedFields` itself and takes none from a writer.
    const { managedFields: _, ...metadata } = telemetry.metadata;
    const { namespace, name, uid, resourceVersion } = metadata;
    if (!uid || !resourceVersion) {
      throw new InputError(
        `Telemetry '${namespace}/${name}' can only be replaced with the uid and resourceVersion of the version that was read`,
      );
    }
    return this.#write(
      {
        method: 'PUT',
        path: this.#path(namespace, name),
        query: writeQuery(options),
        body: this.#body(telemetry, metadata),
      },
      { verb: 'update', namespace, name },
    );
  }

  async delete(
    namespace: string,
    name: string,
    precondition: { uid: string; resourceVersion: string },
    options: TelemetryWriteOptions = {},
  ): Promise<void> {
    if (!precondition.uid || !precondition.resourceVersion) {
      throw new InputError(
        `Telemetry '${namespace}/${name}' can only be deleted with the uid and resourceVersion of the version that was read`,
      );
    }
    try {
      await this.#client.request({
        method: 'DELETE',
        path: this.#path(namespace, name),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          preconditions: {
            uid: precondition.uid,
            resourceVersion: precondition.resourceVersion,
          },
          ...(options.dryRun ? { dryRun: ['All'] } : {}),
        },
      });
    } catch (error) {
      throw this.#portalError(error, { verb: 'delete', namespace, name });
    }
  }

  async #write(
    request: ApiRequest,
    target: TelemetryRequest,
  ): Promise<TelemetryWriteResult> {
    try {
      const { body, warnings } = await this.#client.request(request);
      return { telemetry: this.#telemetry(body), warnings };
    } catch (error) {
      throw this.#portalError(error, target);
    }
  }

  #body(telemetry: Telemetry, metadata: object): Telemetry {
    return {
      apiVersion: this.#apiVersion(),
      kind: 'Telemetry',
      metadata: metadata as Telemetry['metadata'],
      spec: telemetry.spec ?? {},
    };
  }

  #telemetry(body: unknown): Telemetry {
    const telemetry = body as Telemetry | null;
    if (!telemetry?.metadata?.name) {
      throw new ApiServerError('unexpected', 'the answer is not a Telemetry');
    }
    return telemetry;
  }

  #portalError(error: unknown, request: TelemetryRequest): unknown {
    return error instanceof ApiServerError
      ? toPortalError(this.#cluster, request, error)
      : error;
  }

  #apiVersion(): string {
    return `${TELEMETRY_GROUP}/${this.#version() ?? TELEMETRY_VERSIONS[0]}`;
  }

  #path(namespace: string, name?: string): string {
    const collection = `/apis/${this.#apiVersion()}/namespaces/${encodeURIComponent(
      namespace,
    )}/telemetries`;
    return name === undefined
      ? collection
      : `${collection}/${encodeURIComponent(name)}`;
  }
}

function writeQuery({ dryRun }: TelemetryWriteOptions) {
  return {
    fieldValidation: 'Strict',
    fieldManager: FIELD_MANAGER,
    dryRun: dryRun ? 'All' : undefined,
  };
}
