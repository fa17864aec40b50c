import type {
  DependenciesResponse,
  DependencyNode,
  windowQuerySchema,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoreDependency } from 'backstage-plugin-mesh-tracing-node';
import type { z } from 'zod';
import type { EntityContext } from '../access/EntityContext';
import type { CatalogWorkloads } from './CatalogWorkloads';
import type { DeclaredNeighbours } from './DeclaredNeighbours';
import { jaegerDefaults } from './jaegerDefaults';
import { neighbourGraph } from './neighbourGraph';
import { publicCoverage } from './publicCoverage';
import { resolveWindow } from './resolveWindow';
import type { EntityAnalysis, TraceAnalyses } from './TraceAnalyses';
import { canonicalNameOf } from './traceSubjectOf';

/** What {@link DependencyInsight} is made of. */
export interface DependencyInsightOptions {
  analyses: TraceAnalyses;
  catalogWorkloads: CatalogWorkloads;
  declared: DeclaredNeighbours;
  now?: () => number;
}

/** Answers `GET …/dependencies`. */
export class DependencyInsight {
  readonly #options: DependencyInsightOptions;

  static create(options: DependencyInsightOptions): DependencyInsight {
    return new DependencyInsight(options);
  }

  private constructor(options: DependencyInsightOptions) {
    this.#options = options;
  }

  async dependencies(
    context: EntityContext,
    query: z.output<typeof windowQuerySchema>,
  ): Promise<DependenciesResponse> {
    const { analyses, catalogWorkloads, declared } = this.#options;
    const now = this.#options.now ?? Date.now;
    const { lookbackMs } = jaegerDefaults(context.entity);
    const window = resolveWindow(query, now(), lookbackMs);
    const [current, index, neighbours] = await Promise.all([
      analyses.of(context, window),
      catalogWorkloads.index(context),
      declared.of(context),
    ]);
    const graph = neighbourGraph({
      entityRef: context.entityRef,
      entityName: context.entity.metadata.title ?? context.entity.metadata.name,
      graph: current.analysis.dependencies,
      stored: await storedDependencies(current),
      declared: neighbours,
      isFocus: focusOf(context, current.services),
      entityOf: node => index.entityOf(node),
    });
    return {
      entityRef: context.entityRef,
      store: current.store.name,
      ...window,
      ...graph,
      traceCount: current.analysis.traceCount,
      coverage: publicCoverage(current.coverage),
    };
  }
}

/** The store's index adds to what traces show; without it, they stand alone. */
async function storedDependencies({
  store,
  services,
  window,
}: EntityAnalysis): Promise<StoreDependency[]> {
  if (services.length === 0) {
    return [];
  }
  try {
    return (await store.dependencies(window)) ?? [];
  } catch {
    return [];
  }
}

function focusOf(
  { match: { workloads } }: EntityContext,
  services: string[],
): (node: DependencyNode) => boolean {
  return ({ workload, name }) =>
    workload
      ? workloads.some(
          own =>
            own.namespace === workload.namespace &&
            (workload.name
              ? own.name === workload.name
              : canonicalNameOf(own) === workload.canonicalName),
        )
      : services.includes(name);
}
