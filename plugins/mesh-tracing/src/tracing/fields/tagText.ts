import type { CustomTag } from 'backstage-plugin-mesh-tracing-common';

/** A tag's kind and value in one line: `header x-request-id, else "none"`. */
export function tagText(tag: CustomTag): string {
  if (tag.literal) {
    return `"${tag.literal.value ?? ''}"`;
  }
  if (tag.header) {
    return `header ${tag.header.name ?? ''}${otherwise(tag.header)}`;
  }
  if (tag.environment) {
    return `environment ${tag.environment.name ?? ''}${otherwise(
      tag.environment,
    )}`;
  }
  if (tag.formatter) {
    return `formatter ${tag.formatter.value ?? ''}`;
  }
  return '–';
}

function otherwise({ defaultValue }: { defaultValue?: string }): string {
  return defaultValue ? `, else "${defaultValue}"` : '';
}
