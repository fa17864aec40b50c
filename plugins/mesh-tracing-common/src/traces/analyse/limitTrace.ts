import type { Attributes, AttributeValue, Span, Trace } from '../model/Trace';

/** Bounds of what is handed to a browser. @public */
export interface TraceLimits {
  /** Longest text of an attribute, event name or warning. */
  textLength: number;
  attributesPerSpan: number;
  eventsPerSpan: number;
  linksPerSpan: number;
}

/** Generous for honest spans, harmless for a browser. */
export const DEFAULT_TRACE_LIMITS: TraceLimits = {
  textLength: 8_192,
  attributesPerSpan: 256,
  eventsPerSpan: 256,
  linksPerSpan: 128,
};

function cutText(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length)}… (${text.length} characters)`
    : text;
}

function cutValue(value: AttributeValue, limits: TraceLimits): AttributeValue {
  if (typeof value === 'string') {
    return cutText(value, limits.textLength);
  }
  if (typeof value !== 'object') {
    return value;
  }
  const json = JSON.stringify(value);
  return json.length > limits.textLength
    ? cutText(json, limits.textLength)
    : value;
}

/** Caps attributes; those that are within the limits are returned as they are. */
export function cutAttributes(
  attributes: Attributes,
  limits: TraceLimits,
  cut: Set<string>,
): Attributes {
  const entries = Object.entries(attributes);
  if (entries.length > limits.attributesPerSpan) {
    cut.add(`${entries.length} attributes`);
  }
  let changed = entries.length > limits.attributesPerSpan;
  const kept = entries
    .slice(0, limits.attributesPerSpan)
    .map(([key, value]): [string, AttributeValue] => {
      const short = cutValue(value, limits);
      changed = changed || short !== value || key.length > 1024;
      return [cutText(key, 1024), short];
    });
  return changed ? Object.fromEntries(kept) : attributes;
}

/** Caps one span. `resources`: those that were capped before, by what they were. */
export function limitSpan(
  span: Span,
  limits: TraceLimits,
  resources: Map<Attributes, Attributes>,
): Span {
  const cut = new Set<string>();
  let resource = resources.get(span.resource);
  if (!resource) {
    resource = cutAttributes(span.resource, limits, cut);
    resources.set(span.resource, resource);
  }
  if (span.events.length > limits.eventsPerSpan) {
    cut.add(`${span.events.length} events`);
  }
  if (span.links.length > limits.linksPerSpan) {
    cut.add(`${span.links.length} links`);
  }
  const attributes = cutAttributes(span.attributes, limits, cut);
  const events = span.events.slice(0, limits.eventsPerSpan).map(event => ({
    ...event,
    name: cutText(event.name, limits.textLength),
    attributes: cutAttributes(event.attributes, limits, cut),
  }));
  const warnings = span.warnings
    .slice(0, limits.eventsPerSpan)
    .map(warning => cutText(warning, limits.textLength));
  return {
    ...span,
    operation: cutText(span.operation, limits.textLength),
    service: cutText(span.service, limits.textLength),
    ...(span.statusMessage
      ? { statusMessage: cutText(span.statusMessage, limits.textLength) }
      : {}),
    attributes,
    resource,
    events,
    links: span.links.slice(0, limits.linksPerSpan),
    warnings:
      cut.size > 0
        ? [...warnings, `Only a part is shown of ${[...cut].join(', ')}`]
        : warnings,
  };
}

/**
 * Caps what a trace holds of texts, attributes, events and links, so that a
 * hostile or broken sender cannot exhaust a browser. Says so in the warnings.
 * @public
 */
export function limitTrace(
  trace: Trace,
  limits: TraceLimits = DEFAULT_TRACE_LIMITS,
): Trace {
  const resources = new Map<Attributes, Attributes>();
  return {
    ...trace,
    spans: trace.spans.map(span => limitSpan(span, limits, resources)),
    warnings: trace.warnings.slice(0, limits.eventsPerSpan),
  };
}
