import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  checkMeshDefault,
  checkTelemetry,
  sortSetupFindings,
  type MeshSetupFindingsResponse,
  type OwnedSetupFindingsResponse,
  type SetupFinding,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import type { CallerAccess, CallerContext } from '../access';
import { clusterStates, type MeshClusters } from '../clusters';
import { ownersAskedFor } from '../owned';
import type { WorkloadTracings } from '../tracing';
import { configurationFindings } from './configurationFindings';

/** Of the whole mesh; more of them are of few kinds, as a rule. */
const MOST_FINDINGS = 500;

/** What {@link WideSetupAnswers} is made of. */
export interface WideSetupAnswersOptions {
  access: Pick<CallerAccess, 'ownedEntities' | 'requireMesh'>;
  clusters: MeshClusters;
  resolver: WorkloadResolver;
  tracings: WorkloadTracings;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * Findings about all that a team owns, and about the mesh, from configuration alone:
 * no trace and no metric is read, whatever the number of entities.
 */
export class WideSetupAnswers {
  readonly #options: WideSetupAnswersOptions;
  readonly #now: () => number;

  static create(options: WideSetupAnswersOptions): WideSetupAnswers {
    return new WideSetupAnswers(options);
  }

  private constructor(options: WideSetupAnswersOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** @throws as `OwnedAnswers.owned` */
  async owned(
    caller: CallerContext,
    owner?: string,
  ): Promise<OwnedSetupFindingsResponse> {
    const { access, clusters, resolver } = this.#options;
    const owners = ownersAskedFor(caller, owner);
    const entities = await access.ownedEntities(caller, owners);
    const snapshots = clusters.snapshots();
    const rows = entities.map(entity => ({
      entityRef: stringifyEntityRef(entity),
      findings: sortSetupFindings(
        resolver
          .resolve(entity, snapshots)
          .workloads.flatMap(workload => this.#ofWorkload(workload, snapshots)),
      ),
    }));
    return {
      owners,
      entities: rows
        .filter(({ findings }) => findings.length > 0)
        .sort((a, b) => a.entityRef.localeCompare(b.entityRef)),
      checkedCount: entities.length,
      clusters: clusterStates(clusters),
    };
  }

  /** @throws NotAllowedError for who may not see the mesh as a whole */
  async mesh(caller: CallerContext): Promise<MeshSetupFindingsResponse> {
    const { access, clusters } = this.#options;
    await access.requireMesh(caller);
    const snapshots = clusters.snapshots();
    const findings = sortSetupFindings(
      snapshots.flatMap(snapshot => this.#ofMesh(snapshot)),
    );
    return {
      findings: findings.slice(0, MOST_FINDINGS),
      moreCount: Math.max(0, findings.length - MOST_FINDINGS),
      telemetryCount: snapshots.reduce(
        (sum, { inputs }) => sum + inputs.telemetries.length,
        0,
      ),
      clusters: clusterStates(clusters),
    };
  }

  #ofWorkload(
    workload: MeshSnapshot['workloads'][number],
    snapshots: MeshSnapshot[],
  ): SetupFinding[] {
    const snapshot = snapshots.find(
      ({ cluster }) => cluster === workload.cluster,
    );
    const effective = this.#options.tracings.effective(workload, snapshot);
    return snapshot
      ? configurationFindings({ workload, snapshot, effective }, this.#now())
      : [];
  }

  #ofMesh({ cluster, inputs }: MeshSnapshot): SetupFinding[] {
    const context = { cluster, nowMs: this.#now() };
    return [
      checkMeshDefault(cluster, inputs),
      ...inputs.telemetries.map(telemetry =>
        checkTelemetry(telemetry, context),
      ),
    ].flatMap(finding => finding ?? []);
  }
}
