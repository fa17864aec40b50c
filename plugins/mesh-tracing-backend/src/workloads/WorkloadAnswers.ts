import {
  shortened,
  type BindingView,
  type TraceServiceName,
  type WorkloadsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { withheldNameFindings } from './binding/bindingFindings';
import { clusterStates, type MeshClusters } from '../clusters';
import { suggestWorkloads } from './resolver/suggestWorkloads';
import { namedEntity } from './names/namedEntity';
import { readOptionsOf } from '../tracestore';
import type { NamedEntity, TraceServiceNames } from './names/TraceServiceNames';
import { toWorkloadRef, toWorkloadView } from './workloadViews';

/**
 * Longest value of an annotation that is shown, in characters; explanations show
 * less.
 */
const MAX_VALUE_LENGTH = 1_000;

/** Answers `GET …/workloads`: what the entity is in the mesh, and why. */
export class WorkloadAnswers {
  readonly #clusters: MeshClusters;
  readonly #names: TraceServiceNames;

  static create(options: {
    clusters: MeshClusters;
    names: TraceServiceNames;
  }): WorkloadAnswers {
    return new WorkloadAnswers(options.clusters, options.names);
  }

  private constructor(clusters: MeshClusters, names: TraceServiceNames) {
    this.#clusters = clusters;
    this.#names = names;
  }

  async workloads(
    context: EntityContext,
    {
      bindings,
      withheldNames,
    }: { bindings: BindingView[]; withheldNames: string[] },
  ): Promise<WorkloadsResponse> {
    const { match, entity, snapshots } = context;
    const suggestions =
      match.workloads.length > 0 ? [] : suggestWorkloads(entity, snapshots);
    return {
      entityRef: context.entityRef,
      rule: match.rule,
      value: match.value && shortened(match.value, MAX_VALUE_LENGTH),
      explanation: match.explanation,
      workloads: match.workloads.map(toWorkloadView),
      bindings,
      findings: withheldNameFindings(withheldNames),
      ...withheld(await this.#traceNames(context), withheldNames),
      suggestions: suggestions.map(suggestion => ({
        annotation: suggestion.annotation,
        value: suggestion.value,
        workloads: suggestion.workloads.map(toWorkloadRef),
      })),
      clusters: clusterStates(this.#clusters),
    };
  }

  /** Never fails: while the trace store is away, `found` is null for each name. */
  async #traceNames(context: EntityContext): Promise<{
    traceStore?: string;
    traceServiceNames: TraceServiceName[];
  }> {
    const subject = namedEntity(context);
    try {
      const { store, names } = await this.#names.find(
        subject,
        readOptionsOf(context),
      );
      return { traceStore: store.name, traceServiceNames: names };
    } catch {
      return {
        traceStore: this.#storeName(subject),
        traceServiceNames: this.#names
          .candidates(subject)
          .map(candidate => ({ ...candidate, found: null })),
      };
    }
  }

  #storeName(subject: NamedEntity) {
    try {
      return this.#names.storeOf(subject).name;
    } catch {
      return undefined;
    }
  }
}

function withheld<T extends { traceServiceNames: TraceServiceName[] }>(
  answer: T,
  names: string[],
): T {
  return {
    ...answer,
    traceServiceNames: answer.traceServiceNames.map(each =>
      names.includes(each.name) ? { ...each, withheld: true } : each,
    ),
  };
}
