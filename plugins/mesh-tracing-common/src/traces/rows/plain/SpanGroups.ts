import { cutAttributes, DEFAULT_TRACE_LIMITS } from '../../analyse/limitTrace';
import type { RawSpan } from '../../decode/RawSpan';
import type { Attributes } from '../../model/Trace';
import { OddBodyError } from '../../scan/JsonCursor';

const encoder = new TextEncoder();

/** What spans of one resource or process have in common. */
export interface SpanGroup {
  index: number;
  service: string;
  resource: Attributes;
  /** JSON of the service. */
  serviceJson: Uint8Array;
  /** JSON of the members that are the same in each span. */
  sharedJson: Uint8Array;
}

/** What a group is made of. */
export interface GroupSource {
  service: string;
  resource: Attributes;
  scope?: RawSpan['scope'];
}

/** Groups of spans, by the object that tells of them. */
export class SpanGroups {
  readonly #groups = new Map<GroupSource, SpanGroup>();

  /** @throws OddBodyError for one that must be capped */
  of(source: GroupSource): SpanGroup {
    let group = this.#groups.get(source);
    if (!group) {
      group = createGroup(source, this.#groups.size);
      this.#groups.set(source, group);
    }
    return group;
  }
}

function createGroup(source: GroupSource, index: number): SpanGroup {
  const { service, resource, scope } = source;
  const isCapped =
    service.length > DEFAULT_TRACE_LIMITS.textLength ||
    cutAttributes(resource, DEFAULT_TRACE_LIMITS, new Set()) !== resource;
  if (isCapped) {
    throw new OddBodyError();
  }
  const shared = { resource, scope, events: [], links: [], warnings: [] };
  return {
    index,
    service,
    resource,
    serviceJson: encoder.encode(JSON.stringify(service)),
    sharedJson: encoder.encode(`,${JSON.stringify(shared).slice(1)}`),
  };
}
