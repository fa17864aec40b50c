import {
  buildWorkloads,
  type Istiod,
  type MeshTracingInputs,
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
import { knownServices } from './knownServices';
import { meshResources, type MeshResources } from './meshResources';
import { contentProblems, readProblems } from './readProblems';
import { readMeshConfig } from './readMeshConfig';
import { selectIstiod } from './selectIstiod';

type MeshWatches = {
  [Name in keyof MeshResources]: MeshResources[Name] extends WatchedResource<
    infer T
  >
    ? ResourceWatch<T>
    : never;
};

interface MeshContent {
  inputs: MeshTracingInputs;
  workloads: Workload[];
  problems: MeshReadProblem[];
}

const DEFAULT_DOMAIN = 'cluster.local';

/**
 * The watched content of one cluster, put together on demand and remembered
 * until something changes.
 */
export class MeshView {
  readonly #config: ClusterConfig;
  readonly #watches: MeshWatches;
  readonly #logger: LoggerService;
  readonly #changed: () => void;
  #content: MeshContent | undefined;
  #loggedProblems = '';

  static create(options: {
    config: ClusterConfig;
    client: ApiServerClient;
    logger: LoggerService;
    /** Called at each change; may come in bursts. */
    changed: () => void;
    times?: WatchTimes;
  }): MeshView {
    return new MeshView(options);
  }

  private constructor(options: {
    config: ClusterConfig;
    client: ApiServerClient;
    logger: LoggerService;
    changed: () => void;
    times?: WatchTimes;
  }) {
    this.#config = options.config;
    this.#logger = options.logger;
    this.#changed = options.changed;
    const watch = <T>(resource: WatchedResource<T>) =>
      ResourceWatch.create({
        resource,
        client: options.client,
        listener: {
          changed: () => this.#contentChanged(),
          statusChanged: recovered => this.#statusChanged(recovered),
        },
        ...(options.times ? { times: options.times } : {}),
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
      services: watch(resources.services),
      serviceEntries: watch(resources.serviceEntries),
    };
  }

  start(): void {
    this.#all().forEach(watch => watch.start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#all().map(watch => watch.stop()));
  }

  snapshot(): MeshSnapshot {
    const statuses = this.#all().map(watch => watch.status());
    const times = statuses.flatMap(({ asOfMs }) => asOfMs ?? []);
    this.#content ??= this.#build();
    return {
      cluster: this.#config.name,
      state: overallState(statuses.map(({ state }) => state)),
      ...(times.length > 0 ? { syncedAtMs: Math.min(...times) } : {}),
      ...this.#content,
    };
  }

  /** The version of the Telemetry API that the cluster serves, if known yet. */
  telemetryVersion(): string | undefined {
    return this.#watches.telemetries.path?.split('/')[3];
  }

  #all(): Array<ResourceWatch<unknown>> {
    return Object.values(this.#watches) as Array<ResourceWatch<unknown>>;
  }

  #build(): MeshContent {
    const { telemetries, meshConfig, pods, replicaSets } = this.#watches;
    const { deployments, statefulSets, daemonSets } = this.#watches;
    const istiod = selectIstiod(
      [...deployments.items()].flatMap(deployment => deployment.istiod ?? []),
      this.#config,
    );
    const [configMap] = meshConfig.items();
    const mesh = readMeshConfig(configMap, this.#config);
    const services = this.#knownServices(istiod?.domain ?? DEFAULT_DOMAIN);
    return {
      inputs: {
        meshConfig: mesh.meshConfig,
        meshConfigKnown: mesh.known,
        telemetries: [...telemetries.items()],
        istiod: toIstiod(istiod),
        ...(services ? { knownServices: services } : {}),
      },
      workloads: buildWorkloads({
        cluster: this.#config.name,
        pods: pods.items(),
        controllers: [
          ...deployments.items(),
          ...replicaSets.items(),
          ...statefulSets.items(),
          ...daemonSets.items(),
        ],
      }),
      problems: [
        ...readProblems(
          this.#config,
          this.#all().map(watch => ({
            resource: watch.resource,
            status: watch.status(),
          })),
        ),
        ...contentProblems(
          this.#config,
          isRead(meshConfig) ? mesh : undefined,
          { read: isRead(deployments), facts: istiod },
        ),
      ],
    };
  }

  /** Undefined unless all that makes services known could be read. */
  #knownServices(domain: string): ReadonlySet<string> | undefined {
    const { services, serviceEntries } = this.#watches;
    const entriesMissing = serviceEntries.status().error?.statusCode === 404;
    return isRead(services) && (isRead(serviceEntries) || entriesMissing)
      ? knownServices([...services.items(), ...serviceEntries.items()], domain)
      : undefined;
  }

  #contentChanged(): void {
    this.#content = undefined;
    this.#changed();
  }

  #statusChanged(recovered: boolean): void {
    this.#contentChanged();
    if (recovered) {
      // Where one gets through, the others will.
      this.#all().forEach(watch => watch.wake());
    }
    this.#logProblems();
  }

  #logProblems(): void {
    const problems = readProblems(
      this.#config,
      this.#all().map(watch => ({
        resource: watch.resource,
        status: watch.status(),
      })),
    );
    const text = problems
      .map(({ message, whatToDo }) => `${message} ${whatToDo}`)
      .join('\n');
    if (text === this.#loggedProblems) {
      return;
    }
    this.#loggedProblems = text;
    if (text) {
      this.#logger.warn(text);
    } else {
      this.#logger.info(`Cluster '${this.#config.name}' can be read again`);
    }
  }
}

function isRead(watch: ResourceWatch<unknown>): boolean {
  return ['synced', 'stale'].includes(watch.status().state);
}

function overallState(
  states: Array<'syncing' | 'synced' | 'stale' | 'refused'>,
): MeshSnapshot['state'] {
  if (
    states.includes('syncing') ||
    states.every(state => state === 'refused')
  ) {
    return 'syncing';
  }
  return states.includes('stale') ? 'stale' : 'synced';
}

function toIstiod(facts: IstiodFacts | undefined): Istiod {
  if (!facts) {
    return { environmentKnown: false };
  }
  const { version, revision, revisionLabel, environmentKnown } = facts;
  const { traceSamplingPercent, selectorBasedGatewayPolicy } = facts;
  // The label says `default` on an istiod that was not given a revision.
  const effectiveRevision =
    revision ?? (environmentKnown ? undefined : revisionLabel);
  return {
    ...(version ? { version } : {}),
    ...(effectiveRevision ? { revision: effectiveRevision } : {}),
    ...(traceSamplingPercent === undefined ? {} : { traceSamplingPercent }),
    environmentKnown,
    ...(selectorBasedGatewayPolicy === undefined
      ? {}
      : { selectorBasedGatewayPolicy }),
  };
}
