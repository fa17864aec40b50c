import type {
  AttributeValue,
  Attributes,
  Span,
} from 'backstage-plugin-mesh-tracing-common';
import type { TimelineModel } from './timelineModel';

/**
 * Rows whose span, or the one folded into it, has all terms, ignoring case: in
 * its service, operation, id, status message, or in an attribute as `key`,
 * `value` or `key=value`.
 */
export function findSpans(
  { tree, hiddenSides }: Pick<TimelineModel, 'tree' | 'hiddenSides'>,
  text: string,
): number[] {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (terms.length === 0) {
    return [];
  }
  const found: number[] = [];
  tree.rows.forEach(({ span }, row) => {
    const hidden = hiddenSides.get(span.spanId)?.span;
    const has = (term: string) =>
      hasTerm(span, term) || (hidden !== undefined && hasTerm(hidden, term));
    if (terms.every(has)) {
      found.push(row);
    }
  });
  return found;
}

/** Rows that stand for a failed span, their own or one folded into it. */
export function findErrors({
  errorsOfRow,
}: Pick<TimelineModel, 'errorsOfRow'>): number[] {
  const found: number[] = [];
  errorsOfRow.forEach((count, row) => {
    if (count > 0) {
      found.push(row);
    }
  });
  return found;
}

function hasTerm(span: Span, term: string): boolean {
  return (
    span.operation.toLowerCase().includes(term) ||
    span.service.toLowerCase().includes(term) ||
    span.spanId === term ||
    (span.statusMessage?.toLowerCase().includes(term) ?? false) ||
    hasAttribute(span.attributes, term) ||
    hasAttribute(span.resource, term) ||
    span.events.some(
      event =>
        event.name.toLowerCase().includes(term) ||
        hasAttribute(event.attributes, term),
    )
  );
}

function hasAttribute(attributes: Attributes, term: string): boolean {
  for (const key of Object.keys(attributes)) {
    const value = attributeText(attributes[key] as AttributeValue);
    if (`${key}=${value}`.toLowerCase().includes(term)) {
      return true;
    }
  }
  return false;
}

/** An attribute's value as text. */
export function attributeText(value: AttributeValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
