import type {
  OverrideView,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';

/** Of these entities, those whose sampling the caller may see. */
export type ReadableRefs = (entityRefs: string[]) => Promise<Set<string>>;

/**
 * Decides which entities an answer may name to its caller. Several entities may lead
 * to one workload, so that an override or its history may be for an entity that the
 * caller may not see: the override is shown then, and the entity is left out.
 */
export class EntityNames {
  readonly #readable: ReadableRefs;
  readonly #known: Map<string, boolean>;

  /** @param options.own - entities that the caller is known to see */
  static create(options: {
    own: string[];
    readable: ReadableRefs;
  }): EntityNames {
    return new EntityNames(options.own, options.readable);
  }

  private constructor(own: string[], readable: ReadableRefs) {
    this.#known = new Map(own.map(ref => [ref, true]));
    this.#readable = readable;
  }

  /** Asks whether the caller may see those that are not known yet, in one question. */
  async learn(entityRefs: Array<string | undefined>): Promise<void> {
    const unknown = [...new Set(entityRefs)].flatMap(ref =>
      ref && !this.#known.has(ref) ? [ref] : [],
    );
    if (unknown.length > 0) {
      const found = await this.#readable(unknown);
      unknown.forEach(ref => this.#known.set(ref, found.has(ref)));
    }
  }

  /** Whether the entity may be named; false for one that nothing is known of. */
  has(entityRef: string): boolean {
    return this.#known.get(entityRef) ?? false;
  }

  /** The view, without its entity if that may not be named. */
  inView<T extends OverrideView | null>(view: T): T {
    return view?.entityRef === undefined || this.has(view.entityRef)
      ? view
      : { ...view, entityRef: undefined };
  }

  /** The object, without its entity if that may not be named. */
  inTelemetry(telemetry: Telemetry): Telemetry {
    const entityRef = entityOf(telemetry);
    if (entityRef === undefined || this.has(entityRef)) {
      return telemetry;
    }
    const { metadata } = telemetry;
    const { [OVERRIDE_ANNOTATIONS.entity]: _, ...annotations } =
      metadata.annotations ?? {};
    return { ...telemetry, metadata: { ...metadata, annotations } };
  }
}

/** The ref of the entity that an override is for, from its annotation. */
export function entityOf({ metadata }: Telemetry): string | undefined {
  return metadata.annotations?.[OVERRIDE_ANNOTATIONS.entity];
}
