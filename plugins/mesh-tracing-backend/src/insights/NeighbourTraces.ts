import type { DependencyNode } from 'backstage-plugin-mesh-tracing-common';
import type { WorkloadResolver } from 'backstage-plugin-mesh-tracing-node';
import pLimit from 'p-limit';
import type { EntityAccess } from '../access/EntityAccess';
import type { EntityContext } from '../access/EntityContext';
import type { DeclaredNeighbour } from './DeclaredNeighbours';
import type { ToldCalls } from './neighbourGraph';
import type { TimeWindow } from './resolveWindow';
import type { TraceAnalyses } from './TraceAnalyses';

/** Callers whose traces are read for one entity. */
const MAX_CALLERS = 5;
const CALLERS_AT_ONCE = 2;

/**
 * Finds the calls to an entity that makes no spans in the traces of those that
 * the catalog says call it, so that both ends tell the same of one call. Only
 * traces that the caller may read anyway are read.
 */
export class NeighbourTraces {
  readonly #options: {
    analyses: TraceAnalyses;
    resolver: WorkloadResolver;
    access: Pick<EntityAccess, 'mayReadTraces'>;
  };

  static create(options: {
    analyses: TraceAnalyses;
    resolver: WorkloadResolver;
    access: Pick<EntityAccess, 'mayReadTraces'>;
  }): NeighbourTraces {
    return new NeighbourTraces(options);
  }

  private constructor(options: {
    analyses: TraceAnalyses;
    resolver: WorkloadResolver;
    access: Pick<EntityAccess, 'mayReadTraces'>;
  }) {
    this.#options = options;
  }

  /** A caller whose traces can't be read tells nothing. */
  async callsTo(
    context: EntityContext,
    window: TimeWindow,
    {
      declared,
      entityOf,
    }: {
      declared: DeclaredNeighbour[];
      entityOf(node: DependencyNode): string | undefined;
    },
  ): Promise<ToldCalls[]> {
    const limit = pLimit(CALLERS_AT_ONCE);
    const callers = declared
      .filter(({ direction }) => direction === 'inbound')
      .slice(0, MAX_CALLERS);
    const found = await Promise.all(
      callers.map(caller =>
        limit(async () => {
          try {
            return await this.#callsFrom(context, window, caller, entityOf);
          } catch {
            return [];
          }
        }),
      ),
    );
    return found.flat();
  }

  async #callsFrom(
    context: EntityContext,
    window: TimeWindow,
    caller: DeclaredNeighbour,
    entityOf: (node: DependencyNode) => string | undefined,
  ): Promise<ToldCalls[]> {
    const { analyses, resolver, access } = this.#options;
    const callerContext: EntityContext = {
      ...context,
      entity: caller.entity,
      entityRef: caller.entityRef,
      match: resolver.resolve(caller.entity, context.snapshots),
    };
    if (!(await access.mayReadTraces(callerContext))) {
      return [];
    }
    const { analysis } = await analyses.of(callerContext, window);
    const { nodes, neighbours } = analysis.dependencies;
    const isEntity = new Set(
      nodes.flatMap(node =>
        entityOf(node) === context.entityRef ? [node.id] : [],
      ),
    );
    // A call that spans answer would be among the entity's own traces.
    return neighbours.flatMap(({ direction, parts, ...calls }) =>
      direction === 'outbound' && parts.every(({ node }) => isEntity.has(node))
        ? [{ neighbour: caller, ...calls }]
        : [],
    );
  }
}
