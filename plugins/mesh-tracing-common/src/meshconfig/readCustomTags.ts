import type { CustomTag } from './CustomTag';
import type { FieldReader } from './protojson/FieldReader';

/** Custom tags by name, each reduced to the kind that Istio takes. */
export type CustomTags = Record<string, CustomTag>;

/**
 * Reads a map of custom tags. A tag without a kind stays, as `{}`: Istio sends
 * it on. Of two kinds the one that the API declares last counts, because
 * Istio's JSON reader sets them in that order.
 */
export function readCustomTags(
  reader: FieldReader,
  value: unknown,
  path: string,
): CustomTags | undefined {
  const map = reader.record(value, path);
  if (!map) return undefined;
  // fromEntries defines own properties, so a tag may be named __proto__.
  return Object.fromEntries(
    Object.keys(map).map(name => [
      name,
      readCustomTag(reader, map[name], `${path}.${name}`),
    ]),
  );
}

function readCustomTag(
  reader: FieldReader,
  value: unknown,
  path: string,
): CustomTag {
  const tag = reader.record(value, path);
  if (!tag) return {};
  const formatter = reader.record(tag.formatter, `${path}.formatter`);
  if (formatter) {
    const text = reader.text(formatter.value, `${path}.formatter.value`);
    return { formatter: { value: text ?? '' } };
  }
  const header = reader.record(tag.header, `${path}.header`);
  if (header) return { header: readNamed(reader, header, `${path}.header`) };
  const environment = reader.record(tag.environment, `${path}.environment`);
  if (environment) {
    const named = readNamed(reader, environment, `${path}.environment`);
    return { environment: named };
  }
  const literal = reader.record(tag.literal, `${path}.literal`);
  if (!literal) return {};
  const text = reader.text(literal.value, `${path}.literal.value`);
  return { literal: { value: text ?? '' } };
}

function readNamed(
  reader: FieldReader,
  value: Record<string, unknown>,
  path: string,
): { name: string; defaultValue?: string } {
  const name = reader.text(value.name, `${path}.name`) ?? '';
  const fallback = reader.text(value.defaultValue, `${path}.defaultValue`);
  return fallback ? { name, defaultValue: fallback } : { name };
}
