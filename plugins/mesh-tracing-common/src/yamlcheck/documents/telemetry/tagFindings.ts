import type { YamlStep } from '../../../yaml';
import { isMap, textAt } from '../../read/values';
import type { DocumentContext } from '../DocumentContext';

/** Headers whose values identify somebody, or let somebody in. */
const PERSONAL =
  /(?:^|[-_.])(?:user|username|email|mail|phone|account|customer|session|cookie|authorization|token|jwt|password|secret|ip|forwarded)(?:$|[-_.])|apikey|api-key/i;

/** What is doubtful about custom tags, whose shape was judged before. */
export function tagFindings(
  tags: unknown,
  path: readonly YamlStep[],
  { findings, lineOf }: Pick<DocumentContext, 'findings' | 'lineOf'>,
): void {
  if (!isMap(tags)) return;
  for (const [name, tag] of Object.entries(tags)) {
    const header = textAt(tag, 'header', 'name');
    if (header === undefined) continue;
    const line = lineOf([...path, name]);
    if (header.toLowerCase() === ':path') {
      findings.add('tag-of-path', `${name} takes the path of the request.`, {
        line,
      });
    } else if (PERSONAL.test(header)) {
      findings.add('tag-of-person', `${name} takes the header ${header}.`, {
        line,
      });
    }
  }
}
