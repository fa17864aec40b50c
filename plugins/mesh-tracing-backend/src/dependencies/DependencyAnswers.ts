import type {
  DependenciesResponse,
  DependencyNode,
  statisticsQuerySchema,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoreDependency } from 'backstage-plugin-mesh-tracing-node';
import type { z } from 'zod';
import type { EntityContext } from '../shared/EntityContext';
import type { CatalogWorkloads, EntityIndex } from '../workloads';
import type { DeclaredNeighbours } from './DeclaredNeighbours';
import {
  type EntityAnalysis,
  jaegerDefaults,
  publicCoverage,
  resolveWindow,
  type TraceAnalyses,
} from '../traces';
import { neighbourGraph } from './neighbourGraph';
import type { NeighbourTraces } from './NeighbourTraces';
import { readOptionsOf } from '../tracestore';

const SERVICE_NAME =
  /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})(?:\.svc(?:\.[a-z0-9.-]{1,200})?)?$/;

/** What {@link DependencyAnswers} is made of. */
export interface DependencyAnswersOptions {
  analyses: TraceAnalyses;
  catalogWorkloads: CatalogWorkloads;
  declared: DeclaredNeighbours;
  neighbourTraces: NeighbourTraces;
  now?: () => number;
}

/** Answers `GET …/dependencies`. */
export class DependencyAnswers {
  readonly #options: DependencyAnswersOptions;

  static create(options: DependencyAnswersOptions): DependencyAnswers {
    return new DependencyAnswers(options);
  }

  private constructor(options: DependencyAnswersOptions) {
    this.#options = options;
  }

  async dependencies(
    context: EntityContext,
    { sample, ...query }: z.output<typeof statisticsQuerySchema>,
  ): Promise<DependenciesResponse> {
    const { analyses, catalogWorkloads, declared, neighbourTraces } =
      this.#options;
    const now = this.#options.now ?? Date.now;
    const { lookbackMs } = jaegerDefaults(context.entity);
    const window = resolveWindow(query, now(), lookbackMs);
    const [current, index, neighbours] = await Promise.all([
      analyses.of(context, window, { sample }),
      catalogWorkloads.index(context),
      declared.of(context),
    ]);
    const entitiesOf = (node: DependencyNode) => entitiesOfNode(index, node);
    const { analysis, services } = current;
    const traced = analysis.subjectTraceCount > 0;
    const [stored, told] = await Promise.all([
      storedDependencies(context, current),
      traced
        ? []
        : neighbourTraces.callsTo(context, window, {
            declared: neighbours,
            entitiesOf,
            sample,
          }),
    ]);
    const graph = neighbourGraph({
      entityRef: context.entityRef,
      entityName: context.entity.metadata.title ?? context.entity.metadata.name,
      graph: analysis.dependencies,
      told,
      stored,
      declared: neighbours,
      isOwnService: name => services.includes(name),
      entitiesOf,
    });
    return {
      entityRef: context.entityRef,
      store: current.store.name,
      ...window,
      ...graph,
      traced,
      traceCount: analysis.traceCount,
      sample: analysis.sample,
      coverage: publicCoverage(current.coverage),
    };
  }
}

/**
 * Edges of the store's own dependency index, which add to what traces show.
 * None where the store has no index or fails, since the traces are worth
 * showing without.
 */
async function storedDependencies(
  context: EntityContext,
  { store, services, window }: EntityAnalysis,
): Promise<StoreDependency[]> {
  if (services.length === 0) {
    return [];
  }
  try {
    return (await store.dependencies?.(window, readOptionsOf(context))) ?? [];
  } catch {
    return [];
  }
}

/**
 * The entities that stand for a node. A workload without proxy sends no spans,
 * so that its callers name it by its Kubernetes Service, such as `pricing.shop`
 * or `pricing.shop.svc.cluster.local`; such a name leads to the workload that
 * the mesh calls so.
 */
function entitiesOfNode(index: EntityIndex, node: DependencyNode): string[] {
  const known = index.entitiesOf(node);
  const [, service, namespace] = SERVICE_NAME.exec(node.name) ?? [];
  if (known.length > 0 || node.workload || !service || !namespace) {
    return known;
  }
  return index.entitiesOf({
    ...node,
    workload: { namespace, canonicalName: service },
  });
}
