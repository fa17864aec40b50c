import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';

/** A Go duration in the units that the client uses. */
export function microseconds(text: string | null): number | undefined {
  const match = text === null ? null : /^(\d+)us$/.exec(text);
  return match ? Number(match[1]) : undefined;
}

/** The attributes of a filter; undefined where one is no text. */
export function attributesOf(
  json: string | null,
): Partial<TraceQuery> | undefined {
  if (json === null) {
    return {};
  }
  const attributes = JSON.parse(json) as Record<string, unknown>;
  return Object.values(attributes).every(value => typeof value === 'string')
    ? { attributes: attributes as Record<string, string> }
    : undefined;
}
