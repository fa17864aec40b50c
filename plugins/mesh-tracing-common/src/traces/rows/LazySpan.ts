import type { Attributes, Span, SpanKind, SpanStatus } from '../model/Trace';

/** What {@link LazySpan} reads when it is asked for. */
export type SpanDetails = Pick<
  Span,
  'attributes' | 'resource' | 'events' | 'links' | 'warnings'
> &
  Partial<Pick<Span, 'statusMessage' | 'scope'>>;

/** A span whose attributes are read when they are asked for. */
export class LazySpan implements Span {
  parentSpanId?: string;
  followsFrom?: boolean;
  #known: SpanDetails | undefined;

  constructor(
    readonly spanId: string,
    readonly service: string,
    readonly operation: string,
    readonly kind: SpanKind,
    readonly status: SpanStatus,
    readonly offsetUs: number,
    readonly durationUs: number,
    readonly readDetails: () => SpanDetails,
  ) {}

  get attributes(): Attributes {
    return this.#details.attributes;
  }

  get resource(): Attributes {
    return this.#details.resource;
  }

  get events(): Span['events'] {
    return this.#details.events;
  }

  get links(): Span['links'] {
    return this.#details.links;
  }

  get warnings(): string[] {
    return this.#details.warnings;
  }

  get statusMessage(): string | undefined {
    return this.#details.statusMessage;
  }

  get scope(): Span['scope'] {
    return this.#details.scope;
  }

  get #details(): SpanDetails {
    this.#known ??= this.readDetails();
    return this.#known;
  }
}
