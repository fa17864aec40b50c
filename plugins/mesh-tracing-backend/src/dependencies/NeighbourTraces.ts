import type {
  DependencyNode,
  SampleLevel,
} from 'backstage-plugin-mesh-tracing-common';
import pLimit from 'p-limit';
import type { EntityAccess } from '../access';
import type { EntityContext } from '../shared/EntityContext';
import type { DeclaredNeighbour } from './DeclaredNeighbours';
import type { ToldCalls } from './neighbourGraph';
import type { TimeWindow, TraceAnalyses } from '../traces';

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
    access: Pick<EntityAccess, 'forTracesOf'>;
  };

  static create(options: {
    analyses: TraceAnalyses;
    access: Pick<EntityAccess, 'forTracesOf'>;
  }): NeighbourTraces {
    return new NeighbourTraces(options);
  }

  private constructor(options: {
    analyses: TraceAnalyses;
    access: Pick<EntityAccess, 'forTracesOf'>;
  }) {
    this.#options = options;
  }

  /**
   * Calls to the entity in one caller's traces; none where they can't be read.
   */
  async callsTo(
    context: EntityContext,
    window: TimeWindow,
    asked: {
      declared: DeclaredNeighbour[];
      entitiesOf(node: DependencyNode): string[];
      /** How much of each caller's traces is read; see {@link TraceAnalyses.of}. */
      sample?: SampleLevel;
    },
  ): Promise<ToldCalls[]> {
    const limit = pLimit(CALLERS_AT_ONCE);
    const callers = asked.declared
      .filter(({ direction }) => direction === 'inbound')
      .slice(0, MAX_CALLERS);
    const found = await Promise.all(
      callers.map(caller =>
        limit(async () => {
          try {
            return await this.#callsFrom(context, window, caller, asked);
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
    {
      entitiesOf,
      sample,
    }: {
      entitiesOf(node: DependencyNode): string[];
      sample?: SampleLevel;
    },
  ): Promise<ToldCalls[]> {
    const { analyses, access } = this.#options;
    const callerContext = await access.forTracesOf(context, caller.entity);
    const { analysis } = await analyses.of(callerContext, window, {
      sample,
    });
    const { nodes, neighbours } = analysis.dependencies;
    const isEntity = new Set(
      nodes.flatMap(node =>
        entitiesOf(node).includes(context.entityRef) ? [node.id] : [],
      ),
    );
    // A call that spans of the entity answer is in its own traces, and would
    // count twice here.
    return neighbours.flatMap(({ direction, parts, ...calls }) =>
      direction === 'outbound' && parts.every(({ node }) => isEntity.has(node))
        ? [{ neighbour: caller, ...calls }]
        : [],
    );
  }
}
