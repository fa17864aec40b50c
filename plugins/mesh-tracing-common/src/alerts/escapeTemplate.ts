import { visibleLine } from '../shared/visibleText';

/**
 * Text of others as it may stand in a label or annotation of an alert, which
 * Prometheus expands as a template of Go. Each brace is written as a template of its
 * own: two of them would begin one, also where one ends a text and one begins the next.
 */
export function escapeTemplate(text: string): string {
  return visibleLine(text).replace(/\{/g, '{{ "{" }}');
}
