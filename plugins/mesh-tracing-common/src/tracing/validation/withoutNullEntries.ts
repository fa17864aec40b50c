/**
 * The object as the API server stores it: entries of maps whose value is null
 * are dropped before schema and webhook judge (Kubernetes prunes nulls where a
 * schema isn't nullable). What can't be read is returned as it is.
 */
export function withoutNullEntries(telemetry: unknown): unknown {
  try {
    return mapField(telemetry, 'spec', spec =>
      mapField(
        mapField(spec, 'selector', selector =>
          mapField(selector, 'matchLabels', dropNulls),
        ),
        'tracing',
        entries =>
          Array.isArray(entries)
            ? entries.map(entry => mapField(entry, 'customTags', dropNulls))
            : entries,
      ),
    );
  } catch {
    return telemetry;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapField(
  value: unknown,
  field: string,
  change: (value: unknown) => unknown,
): unknown {
  if (!isRecord(value) || !Object.hasOwn(value, field)) return value;
  const before = value[field];
  const after = change(before);
  return after === before ? value : { ...value, [field]: after };
}

function dropNulls(map: unknown): unknown {
  if (!isRecord(map) || !Object.values(map).includes(null)) return map;
  return Object.fromEntries(
    Object.entries(map).filter(([, value]) => value !== null),
  );
}
