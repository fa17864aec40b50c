import {
  bindWaypoints,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshReadProblem,
  MeshSnapshot,
} from 'backstage-plugin-mesh-tracing-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterConfig } from '../ClusterConfig';
import type { ApiServerClient } from '../api/ApiServerClient';
import { ResourceWatch, type WatchTimes } from '../watch/ResourceWatch';
import type { WatchedResource } from '../watch/WatchedResource';
import type { IstiodFacts } from './describeIstiod';
import { ClusterWorkloads } from './ClusterWorkloads';
import { gitOpsByName } from './gitOpsByName';
import { injectionOf } from './injectionOf';
import { knownServices } from './knownServices';
import {
  configMapResource,
  meshResources,
  ROUTE_RESOURCES,
  WORKLOAD_RESOURCES,
  type MeshResources,
} from './meshResources';
import { ProblemLog } from './ProblemLog';
import { contentProblems, readProblems } from './readProblems';
import { readMeshConfig } from './readMeshConfig';
import { overallState } from './overallState';
import { selectIstiod } from './selectIstiod';
import { serviceNamed } from './serviceNamed';
import { SharedConfigMapWatch } from './SharedConfigMapWatch';
import { toIstiod } from './toIstiod';
import {
  ambientNamespaces,
  usesAmbient,
  waypointSources,
} from './waypointSources';

type MeshWatches = {
  [Name in keyof MeshResources]: MeshResources[Name] extends WatchedResource<
    infer T
  >
    ? ResourceWatch<T>
    : never;
};

type TracingContent = Pick<
  MeshSnapshot,
  'inputs' | 'namespaces' | 'injection' | 'problems'
>;

/** What {@link MeshView} is made of. */
interface MeshViewOptions {
  config: ClusterConfig;
  client: ApiServerClient;
  logger: LoggerService;
  /** Called at each change; may come in bursts. */
  changed: () => void;
  times?: WatchTimes;
}

const DEFAULT_DOMAIN = 'cluster.local';

/**
 * The watched content of one cluster, put together on demand and remembered
 * until something changes.
 */
export class MeshView {
  readonly #config: ClusterConfig;
  readonly #watches: MeshWatches;
  readonly #sharedMeshConfig: SharedConfigMapWatch;
  readonly #problemLog: ProblemLog;
  readonly #changed: () => void;
  readonly #workloads: ClusterWorkloads;
  #content: TracingContent | undefined;
  /** The workloads with the ways that requests take to them. */
  #routed: Workload[] | undefined;
  #found: { istiod: IstiodFacts | undefined } | undefined;

  static create(options: MeshViewOptions): MeshView {
    return new MeshView(options);
  }

  private constructor(options: MeshViewOptions) {
    this.#config = options.config;
    this.#problemLog = ProblemLog.create(options.config.name, options.logger);
    this.#changed = options.changed;
    const watch = <T>(resource: WatchedResource<T>) =>
      ResourceWatch.create({
        resource,
        client: options.client,
        listener: {
          changed: namespace => this.#contentChanged(resource.name, namespace),
          statusChanged: recovered => this.#statusChanged(recovered),
        },
        times: options.times,
      });
    const resources = meshResources(options.config);
    this.#watches = {
      telemetries: watch(resources.telemetries),
      meshConfig: watch(resources.meshConfig),
      pods: watch(resources.pods),
      deployments: watch(resources.deployments),
      replicaSets: watch(resources.replicaSets),
      statefulSets: watch(resources.statefulSets),
      daemonSets: watch(resources.daemonSets),
      cronJobs: watch(resources.cronJobs),
      services: watch(resources.services),
      serviceEntries: watch(resources.serviceEntries),
      sidecars: watch(resources.sidecars),
      envoyFilters: watch(resources.envoyFilters),
      namespaces: watch(resources.namespaces),
      injectors: watch(resources.injectors),
      gateways: watch(resources.gateways),
      gatewayClasses: watch(resources.gatewayClasses),
    };
    this.#workloads = ClusterWorkloads.create({
      cluster: options.config.name,
      pods: this.#watches.pods,
      controllers: [
        this.#watches.deployments,
        this.#watches.replicaSets,
        this.#watches.statefulSets,
        this.#watches.daemonSets,
        this.#watches.cronJobs,
      ],
      ambientNamespaces: () =>
        ambientNamespaces(this.#watches.namespaces.items()),
    });
    this.#sharedMeshConfig = SharedConfigMapWatch.create({
      resource: name => configMapResource(options.config, name),
      watch,
    });
  }

  start(): void {
    this.#all().forEach(watch => watch.start());
    this.#sharedMeshConfig.start();
  }

  async stop(): Promise<void> {
    await Promise.all([
      ...this.#all().map(watch => watch.stop()),
      this.#sharedMeshConfig.stop(),
    ]);
  }

  snapshot(): MeshSnapshot {
    const statuses = this.#all().map(watch => watch.status());
    const times = statuses.flatMap(({ asOfMs }) => asOfMs ?? []);
    this.#content ??= this.#buildContent();
    this.#routed ??= this.#bindWaypoints(
      this.#workloads.all(this.#istiod()?.clusterId),
    );
    return {
      cluster: this.#config.name,
      state: overallState(statuses.map(({ state }) => state)),
      ...(times.length > 0 ? { syncedAtMs: Math.min(...times) } : {}),
      ...this.#content,
      workloads: this.#routed,
    };
  }

  /** The version of the Telemetry API that the cluster serves, if known yet. */
  telemetryVersion(): string | undefined {
    return this.#watches.telemetries.path?.split('/')[3];
  }

  service(id: { namespace: string; name: string }) {
    return serviceNamed(this.#watches.services, id);
  }

  #all(): Array<ResourceWatch<unknown>> {
    const shared = this.#sharedMeshConfig.watch;
    return [
      ...Object.values(this.#watches),
      ...(shared ? [shared] : []),
    ] as Array<ResourceWatch<unknown>>;
  }

  #bindWaypoints(workloads: Workload[]): Workload[] {
    const domain = this.#istiod()?.domain ?? DEFAULT_DOMAIN;
    return bindWaypoints(workloads, waypointSources(this.#watches, domain));
  }

  #buildContent(): TracingContent {
    const { telemetries, meshConfig, deployments, namespaces } = this.#watches;
    const { sidecars, envoyFilters } = this.#watches;
    const istiod = this.#istiod();
    const [configMap] = meshConfig.items();
    const mesh = readMeshConfig(
      configMap,
      this.#sharedMeshConfig.content(),
      this.#config,
    );
    const services = this.#knownServices(istiod?.domain ?? DEFAULT_DOMAIN);
    return {
      inputs: {
        meshConfig: mesh.meshConfig,
        meshConfigKnown: mesh.known,
        telemetries: [...telemetries.items()],
        istiod: toIstiod(istiod),
        knownServices: services,
        ...(sidecars.isRead ? { sidecars: [...sidecars.items()] } : {}),
        ...(envoyFilters.isRead
          ? { envoyFilters: [...envoyFilters.items()] }
          : {}),
      },
      ...(namespaces.isRead
        ? { namespaces: gitOpsByName(namespaces.items()) }
        : {}),
      injection: injectionOf(this.#watches),
      problems: [
        ...this.#readProblems(),
        ...contentProblems(this.#config, meshConfig.isRead ? mesh : undefined, {
          read: deployments.isRead,
          facts: istiod,
        }),
      ],
    };
  }

  /** Looked for among all Deployments, so remembered until one changes. */
  #istiod(): IstiodFacts | undefined {
    this.#found ??= {
      istiod: selectIstiod(this.#watches.deployments.items(), this.#config),
    };
    return this.#found.istiod;
  }

  #readProblems(): MeshReadProblem[] {
    return readProblems(
      this.#config,
      this.#all().map(watch => ({
        resource: watch.resource,
        status: watch.status(),
      })),
      {
        isAmbient: usesAmbient(
          this.#watches,
          this.#workloads.all(this.#istiod()?.clusterId),
        ),
      },
    );
  }

  /**
   * Undefined until Services and ServiceEntries are read, as half a list would make
   * services unknown that istiod knows.
   */
  #knownServices(domain: string): ReadonlySet<string> | undefined {
    const { services, serviceEntries } = this.#watches;
    const entriesMissing = serviceEntries.status().error?.statusCode === 404;
    return services.isRead && (serviceEntries.isRead || entriesMissing)
      ? knownServices([...services.items(), ...serviceEntries.items()], domain)
      : undefined;
  }

  /**
   * Drops only what the resource is part of: Telemetries change without the
   * workloads, and the reverse.
   */
  #contentChanged(resource: string, namespace: string | undefined): void {
    if (WORKLOAD_RESOURCES.has(resource)) {
      // The labels of one namespace tell of all that is in it.
      this.#workloads.changed(
        resource === 'namespaces' ? undefined : namespace,
      );
      this.#routed = undefined;
    }
    if (ROUTE_RESOURCES.has(resource)) {
      this.#routed = undefined;
    }
    if (resource !== 'pods') {
      this.#content = undefined;
    }
    if (resource === 'deployments') {
      this.#found = undefined;
      this.#sharedMeshConfig.follow(this.#istiod());
    }
    this.#changed();
  }

  #statusChanged(recovered: boolean): void {
    this.#content = undefined;
    // What may not be read is assumed, and that of Gateways concerns the ways.
    this.#routed = undefined;
    this.#changed();
    if (recovered) {
      // Where one watch reaches the API server again, the others will, too.
      this.#all().forEach(watch => watch.wake());
    }
    this.#problemLog.tell(this.#readProblems());
  }
}
