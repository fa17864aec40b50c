import type { YamlStep } from '../../../yaml';
import { listAt, textAt } from '../../read/values';
import type { DocumentContext } from '../DocumentContext';

const JAEGER_IMAGE =
  /(?:^|\/)jaegertracing\/(?:all-in-one|jaeger|jaeger-(?:collector|query|agent|ingester))(?::|@|$)/;
const JAEGER_ONE =
  /jaegertracing\/(?:all-in-one|jaeger-(?:collector|query|agent|ingester))(?::|@|$)/;

/** What there is to know of a Deployment that runs Jaeger. */
export function jaegerImageFindings(
  { value, findings, lineOf }: DocumentContext,
  pod: readonly YamlStep[],
): void {
  const path = [...pod, 'spec', 'containers'];
  listAt(value, ...path).forEach((container, i) => {
    const image = textAt(container, 'image') ?? '';
    if (!JAEGER_IMAGE.test(image)) return;
    const line = lineOf([...path, i, 'image']);
    if (JAEGER_ONE.test(image)) {
      findings.add('jaeger-one', `${image} is Jaeger 1.`, { line });
    }
    const stores = listAt(container, 'env').some(
      variable => textAt(variable, 'name') === 'SPAN_STORAGE_TYPE',
    );
    if (image.includes('all-in-one') && !stores) {
      findings.add('jaeger-in-memory', `${image} keeps traces in memory.`, {
        line,
      });
    }
  });
}
