import { setImmediate } from 'node:timers/promises';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  redactSpan,
  type DependencyGraph,
  type ServiceFigures,
  type Span,
  type SpanFigures,
  type Trace,
  type TraceSender,
  type TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';
import pLimit from 'p-limit';
import type { EntityAccess } from '../access';
import type { EntityContext } from '../shared/EntityContext';
import type { CatalogWorkloads } from '../workloads';
import {
  keyOfNode,
  nodeOfSender,
  nodeOfSpan,
  type Identified,
} from './nodeOfSpan';
import { withoutFailures } from './redactInsights';

/** How much of others' spans is sent: all, or service, operation and times only. */
export type ForeignSpansMode = 'full' | 'redacted';

/** What {@link ForeignSpans} is made of. */
export interface ForeignSpansOptions {
  mode: ForeignSpansMode;
  access: Pick<EntityAccess, 'forTracesOf'>;
  catalogWorkloads: Pick<CatalogWorkloads, 'index' | 'keysOf'>;
}

const SPANS_PER_TURN = 1_000;
/** Entities whose access is checked at the same time. */
const AT_ONCE = 8;

/**
 * Withholds what spans of entities tell that the caller may not read. A span is
 * the caller's to read if it belongs to the entity that the page is about, or
 * if an entity that stands for its workload, or for its service name where it has
 * no mesh identity, is one that the caller sees and whose traces the caller may
 * read. What no such entity stands for is foreign: whether it is nobody's or a
 * hidden entity's can't be told with the caller's eyes.
 */
export class ForeignSpans {
  readonly #options: ForeignSpansOptions;

  static create(options: ForeignSpansOptions): ForeignSpans {
    return new ForeignSpans(options);
  }

  private constructor(options: ForeignSpansOptions) {
    this.#options = options;
  }

  /**
   * For each sender 1 if what its spans tell is withheld from the caller; undefined
   * when nothing is.
   *
   * @param isOwn - for each sender 1 if its spans are the entity's
   */
  async withheldSenders(
    context: EntityContext,
    senders: readonly TraceSender[],
    isOwn: Uint8Array,
  ): Promise<Uint8Array | undefined> {
    if (this.#options.mode === 'full') {
      return undefined;
    }
    const nodes = senders.map(sender => nodeOfSender(sender));
    const isReadable = await this.#readable(
      context,
      nodes.filter((_, sender) => !isOwn[sender]),
    );
    const withheld = Uint8Array.from(nodes, (node, sender) =>
      isOwn[sender] || isReadable(node) ? 0 : 1,
    );
    return withheld.includes(1) ? withheld : undefined;
  }

  /** A trace of whose foreign spans only place, service, operation and times are left. */
  async redactTrace(
    context: EntityContext,
    trace: Trace,
    entitySpanIds: readonly string[],
  ): Promise<Trace> {
    if (this.#options.mode === 'full') {
      return trace;
    }
    const own = new Set(entitySpanIds);
    const nodes = new Map<Span, Identified>();
    for (const [index, span] of trace.spans.entries()) {
      if (index % SPANS_PER_TURN === SPANS_PER_TURN - 1) {
        await setImmediate();
      }
      if (!own.has(span.spanId)) {
        nodes.set(span, nodeOfSpan(span));
      }
    }
    const isReadable = await this.#readable(context, [...nodes.values()]);
    const spans = trace.spans.map(span => {
      const node = nodes.get(span);
      return node && !isReadable(node) ? redactSpan(span) : span;
    });
    return { ...trace, spans };
  }

  /** Rows of a search, without failures of services that are not the caller's. */
  async redactSummaries(
    context: EntityContext,
    ownServices: readonly string[],
    rows: TraceSummary[],
  ): Promise<TraceSummary[]> {
    if (this.#options.mode === 'full') {
      return rows;
    }
    const names = new Set(
      rows.flatMap(row => row.services.map(({ name }) => name)),
    );
    const isReadable = await this.#readable(
      context,
      [...names].map(name => ({ name })),
    );
    return rows.map(row => {
      const services = row.services.map(service =>
        ownServices.includes(service.name) || isReadable(service)
          ? service
          : { ...service, errorSpanCount: 0 },
      );
      return {
        ...row,
        services,
        errorSpanCount: services.reduce(
          (sum, { errorSpanCount }) => sum + errorSpanCount,
          0,
        ),
      };
    });
  }

  /**
   * Figures with durations of all services, but with requests and failures of
   * readable ones only.
   */
  async redactFigures(
    context: EntityContext,
    ownServices: readonly string[],
    figures: SpanFigures,
  ): Promise<SpanFigures> {
    if (this.#options.mode === 'full') {
      return figures;
    }
    const isReadable = await this.#readable(
      context,
      figures.services.map(({ service: name }) => ({ name })),
    );
    const isShown = (name: string) =>
      ownServices.includes(name) || isReadable({ name });
    const withoutKinds = <T extends ServiceFigures>(row: T): T =>
      isShown(row.service) ? row : { ...withoutFailures(row), requests: null };
    const services = figures.services.map(withoutKinds);
    return {
      ...figures,
      errorCount: services.reduce((sum, row) => sum + row.errorCount, 0),
      services,
      operations: figures.operations.map(withoutKinds),
      links: figures.links.map(link =>
        isShown(link.to) ? link : withoutFailures(link),
      ),
    };
  }

  /** The graph without calls between two nodes that the caller may not read. */
  async redactGraph(
    context: EntityContext,
    graph: DependencyGraph,
  ): Promise<DependencyGraph> {
    if (this.#options.mode === 'full') {
      return graph;
    }
    const isReadable = await this.#readable(context, graph.nodes);
    const byId = new Map(graph.nodes.map(node => [node.id, node]));
    const mayShow = (id: string) => {
      const node = byId.get(id);
      return node !== undefined && (node.isSubject || isReadable(node));
    };
    const edges = graph.edges.filter(
      ({ from, to }) => mayShow(from) || mayShow(to),
    );
    const shown = new Set(edges.flatMap(({ from, to }) => [from, to]));
    return {
      ...graph,
      nodes: graph.nodes.filter(({ id }) => shown.has(id) || mayShow(id)),
      edges,
    };
  }

  /**
   * Whether the caller may read a node's traces: through one of the entities
   * that hold its workload or name. One that merely claims what others hold
   * opens nothing.
   */
  async #readable(
    context: EntityContext,
    nodes: readonly Identified[],
  ): Promise<(node: Identified) => boolean> {
    const index = await this.#options.catalogWorkloads.index(context);
    const distinct = new Map(nodes.map(node => [keyOfNode(node), node]));
    const claims = new Map(
      [...distinct].map(([key, node]) => [key, index.claimsOn(node)]),
    );
    const entities = new Map(
      [...claims.values()]
        .flatMap(claim => claim?.entities ?? [])
        .map(entity => [stringifyEntityRef(entity), entity]),
    );
    const limit = pLimit(AT_ONCE);
    const told = new Map(
      await Promise.all(
        [...entities].map(([ref, entity]) =>
          limit(
            async () => [ref, await this.#toldOf(context, entity)] as const,
          ),
        ),
      ),
    );
    return node => {
      const claim = claims.get(keyOfNode(node));
      return (
        claim?.entities.some(entity =>
          told.get(stringifyEntityRef(entity))?.has(claim.key),
        ) ?? false
      );
    };
  }

  /** Keys of what the caller may read through an entity. */
  async #toldOf(
    context: EntityContext,
    entity: Entity,
  ): Promise<ReadonlySet<string>> {
    const { access, catalogWorkloads } = this.#options;
    try {
      const readable = await access.forTracesOf(context, entity);
      return new Set(catalogWorkloads.keysOf(readable));
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return new Set();
      }
      throw error;
    }
  }
}
