import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ServiceEndpoints,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  ClusterReadOptions,
  MeshCluster,
  MeshSnapshot,
  TelemetryWriteOptions,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import { isPlainText, plainTextWarning } from '../shared/plainText';
import type { ClusterConfig, IstiodConfig } from './ClusterConfig';
import { Notifier } from './Notifier';
import { ApiServerClient } from './api/ApiServerClient';
import { EndpointSlices } from './endpoints/EndpointSlices';
import { ClusterConnection } from './api/ClusterConnection';
import { IstiodDebug } from './istiod/IstiodDebug';
import { MeshView } from './mesh/MeshView';
import { TelemetryApi } from './telemetries/TelemetryApi';
import type { WatchTimes } from './watch/ResourceWatch';

/** Settings of a KubernetesMeshCluster besides its configuration. */
export interface KubernetesMeshClusterOptions {
  logger: LoggerService;
  /** Times that suit a real API server when absent. */
  watchTimes?: WatchTimes;
}

/** Changes within this time reach listeners as one. */
const NOTIFY_AFTER_MS = 50;

/** A cluster of the mesh, reached through its Kubernetes API server. */
export class KubernetesMeshCluster implements MeshCluster {
  readonly name: string;
  readonly traceStore?: string;
  readonly #client: ApiServerClient;
  readonly #view: MeshView;
  readonly #telemetries: TelemetryApi;
  readonly #endpoints: EndpointSlices;
  readonly #notifier: Notifier;
  readonly #istiod?: IstiodDebug;
  /** Absent without `istiod` in the configuration. */
  readonly proxyAcceptance?: MeshCluster['proxyAcceptance'];

  /** @throws InputError when the connection can not work as configured. */
  static create(
    config: ClusterConfig,
    options: KubernetesMeshClusterOptions,
  ): KubernetesMeshCluster {
    return new KubernetesMeshCluster(config, options);
  }

  private constructor(
    config: ClusterConfig,
    { logger, watchTimes }: KubernetesMeshClusterOptions,
  ) {
    this.name = config.name;
    this.traceStore = config.traceStore;
    const connection = ClusterConnection.create(config.connection);
    if (connection.isPlainText) {
      const system = `The API server of cluster '${config.name}'`;
      logger.warn(plainTextWarning(system, "the portal's credentials"));
    }
    this.#client = ApiServerClient.create({
      connection,
      timeoutMs: config.timeoutMs,
    });
    this.#notifier = Notifier.create({ delayMs: NOTIFY_AFTER_MS, logger });
    this.#view = MeshView.create({
      config,
      client: this.#client,
      logger,
      changed: () => this.#notifier.changed(),
      times: watchTimes,
    });
    this.#telemetries = TelemetryApi.create({
      cluster: config.name,
      client: this.#client,
      version: () => this.#view.telemetryVersion(),
    });
    this.#endpoints = EndpointSlices.create({
      cluster: config.name,
      client: this.#client,
    });
    if (config.istiod) {
      if (sendsTokenInPlainText(config.istiod)) {
        const system = `istiod of cluster '${config.name}'`;
        logger.warn(plainTextWarning(system, "the portal's token"));
      }
      const istiod = IstiodDebug.create(config.istiod);
      this.#istiod = istiod;
      this.proxyAcceptance = (workload, options) =>
        istiod.acceptance(workload, options);
    }
  }

  snapshot(): MeshSnapshot {
    return this.#view.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#notifier.subscribe(listener);
  }

  getTelemetry(
    namespace: string,
    name: string,
    options?: ClusterReadOptions,
  ): Promise<Telemetry | undefined> {
    return this.#telemetries.get(namespace, name, options);
  }

  createTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult> {
    return this.#telemetries.create(telemetry, options);
  }

  replaceTelemetry(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): Promise<TelemetryWriteResult> {
    return this.#telemetries.replace(telemetry, options);
  }

  deleteTelemetry(
    namespace: string,
    name: string,
    precondition: { uid: string; resourceVersion: string },
    options?: TelemetryWriteOptions,
  ): Promise<void> {
    return this.#telemetries.delete(namespace, name, precondition, options);
  }

  async serviceEndpoints(
    service: { namespace: string; name: string },
    options?: ClusterReadOptions,
  ): Promise<ServiceEndpoints> {
    const known = this.#view.service(service);
    return known?.isExternalName
      ? { state: 'outside', atMs: Date.now() }
      : this.#endpoints.of(
          { ...service, selector: known?.facts.selector },
          options?.signal,
        );
  }

  async start(): Promise<void> {
    this.#view.start();
  }

  async stop(): Promise<void> {
    await this.#view.stop();
    this.#notifier.close();
    this.#client.close();
    this.#istiod?.close();
  }
}

function sendsTokenInPlainText(istiod: IstiodConfig): boolean {
  return Boolean(
    (istiod.token ?? istiod.tokenFile) && istiod.debugUrls.some(isPlainText),
  );
}
