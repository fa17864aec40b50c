import {
  RELATION_PART_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  spanReporting,
  tracedSide,
  type EffectiveTracing,
  type OverrideView,
  type OwnedResponse,
  type Workload,
  decidingSide,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import { type CallerAccess, type CallerContext, EntityNames } from '../access';
import { ownersOf } from '../shared/ownersOf';
import { clusterStates, type MeshClusters } from '../clusters';
import type { HistorySubject, SamplingService } from '../sampling';
import { toWorkloadRef } from '../workloads';
import type { WorkloadTracings } from '../tracing';
import { ownersAskedFor } from './ownersAskedFor';

type OwnedEntity = OwnedResponse['entities'][number];
type OwnedWorkload = OwnedEntity['workloads'][number];

/** What a caller owns and may read. */
type OwnedAccess = Pick<CallerAccess, 'ownedEntities' | 'readableRefs'>;

/** Answers `GET /owned`: one question to the catalog, the rest from memory. */
export class OwnedAnswers {
  readonly #access: OwnedAccess;
  readonly #clusters: MeshClusters;
  readonly #resolver: WorkloadResolver;
  readonly #tracings: WorkloadTracings;
  readonly #sampling: SamplingService;

  static create(options: {
    access: OwnedAccess;
    clusters: MeshClusters;
    resolver: WorkloadResolver;
    tracings: WorkloadTracings;
    sampling: SamplingService;
  }): OwnedAnswers {
    return new OwnedAnswers(options);
  }

  private constructor(options: {
    access: OwnedAccess;
    clusters: MeshClusters;
    resolver: WorkloadResolver;
    tracings: WorkloadTracings;
    sampling: SamplingService;
  }) {
    this.#access = options.access;
    this.#clusters = options.clusters;
    this.#resolver = options.resolver;
    this.#tracings = options.tracings;
    this.#sampling = options.sampling;
  }

  /**
   * @param owner - limits the answer to what this group or user owns.
   * @throws NotAllowedError when the caller is not that user or in that group.
   */
  async owned(caller: CallerContext, owner?: string): Promise<OwnedResponse> {
    const owners = ownersAskedFor(caller, owner);
    const entities = await this.#access.ownedEntities(caller, owners);
    const snapshots = this.#clusters.snapshots();
    const rows = entities.flatMap(
      entity => this.#row(entity, owners, snapshots) ?? [],
    );
    const names = EntityNames.create({
      own: entities.map(entity => stringifyEntityRef(entity)),
      readable: refs => this.#access.readableRefs(caller, refs),
    });
    await names.learn(
      rows.flatMap(row => row.workloads.map(each => each.override?.entityRef)),
    );
    return {
      owners,
      entities: rows
        .map(row => ({
          ...row,
          workloads: row.workloads.map(each => ({
            ...each,
            override: names.inView(each.override),
          })),
        }))
        .sort((a, b) => a.entityRef.localeCompare(b.entityRef)),
      clusters: clusterStates(this.#clusters),
    };
  }

  /** Everything that the caller owns, each with its workloads. */
  async subjects(caller: CallerContext): Promise<HistorySubject[]> {
    const entities = await this.#access.ownedEntities(
      caller,
      caller.ownershipRefs,
    );
    const snapshots = this.#clusters.snapshots();
    return entities.map(entity => ({
      entityRef: stringifyEntityRef(entity),
      match: this.#resolver.resolve(entity, snapshots),
      snapshots,
    }));
  }

  /** Undefined for an entity that is neither a component nor has workloads. */
  #row(
    entity: Entity,
    owners: string[],
    snapshots: MeshSnapshot[],
  ): OwnedEntity | undefined {
    const match = this.#resolver.resolve(entity, snapshots);
    const ownerRef = ownersOf(entity).find(ref => owners.includes(ref));
    const isComponent = entity.kind.toLowerCase() === 'component';
    if (!ownerRef || !(isComponent || match.workloads.length > 0)) {
      return undefined;
    }
    return {
      entityRef: stringifyEntityRef(entity),
      title: entity.metadata.title,
      ownerRef,
      system: systemOf(entity),
      workloads: match.workloads.map(workload =>
        this.#workload(
          workload,
          snapshots.find(({ cluster }) => cluster === workload.cluster),
        ),
      ),
    };
  }

  #workload(
    workload: Workload,
    snapshot: MeshSnapshot | undefined,
  ): OwnedWorkload {
    const effective = this.#tracings.effective(workload, snapshot);
    const side = tracedSide(effective)?.tracing ?? decidingSide(effective);
    const count = (severity: string) =>
      effective.findings.filter(finding => finding.severity === severity)
        .length;
    return {
      workload: toWorkloadRef(workload),
      proxy: workload.proxy,
      ...(workload.ambient ? { ambient: true } : {}),
      enabled: spanReporting(effective) === 'reported',
      spanReporting: spanReporting(effective),
      samplingPercent: side?.samplingPercent.value ?? null,
      source: side?.samplingPercent.source ?? null,
      override: snapshot ? this.#override(workload, effective, snapshot) : null,
      errorFindingCount: count('error'),
      warningFindingCount: count('warning'),
    };
  }

  #override(
    workload: Workload,
    { chain }: EffectiveTracing,
    snapshot: MeshSnapshot,
  ): OverrideView | null {
    const wide = this.#sampling
      .wideOverridesOf(snapshot, workload)
      .find(override =>
        chain.some(
          ({ namespace, name }) =>
            namespace === override.namespace && name === override.name,
        ),
      );
    return this.#sampling.overrideOf(snapshot, workload) ?? wide ?? null;
  }
}

function systemOf(entity: Entity): string | undefined {
  return entity.relations
    ?.filter(({ type }) => type === RELATION_PART_OF)
    .map(({ targetRef }) => targetRef)
    .find(ref => parseEntityRef(ref).kind.toLowerCase() === 'system');
}
