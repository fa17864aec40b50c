import { textAt, valueAt } from '../../read/values';
import type { DocumentContext, DocumentResult } from '../DocumentContext';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const AMBIENT = 'istio.io/dataplane-mode';

/** A Namespace: whether its pods get a proxy. */
export function checkNamespace({
  value,
  findings,
  lineOf,
}: DocumentContext): DocumentResult {
  const labels = ['metadata', 'labels'];
  const injection = valueAt(value, ...labels, INJECTION);
  const revision = textAt(value, ...labels, REVISION);
  const line = lineOf([
    ...labels,
    injection === undefined ? REVISION : INJECTION,
  ]);
  const name = textAt(value, 'metadata', 'name') ?? '';
  if (injection === 'enabled' || (injection === undefined && revision)) {
    findings.add('injection-on', `Pods of ${name} get a sidecar.`, { line });
  } else if (injection === 'disabled') {
    findings.add('injection-off', `Pods of ${name} get no sidecar.`, { line });
  } else if (injection !== undefined) {
    findings.add(
      'injection-label-wrong',
      `${INJECTION} is ${JSON.stringify(injection)}, not enabled.`,
      { line },
    );
  }
  if (injection !== undefined && revision) {
    findings.add(
      'injection-labels-conflict',
      `It has ${INJECTION} and ${REVISION}=${revision}.`,
      { line: lineOf([...labels, REVISION]) },
    );
  }
  const misplaced = valueAt(value, 'metadata', 'annotations', INJECTION);
  if (misplaced !== undefined) {
    findings.add(
      'injection-label-misplaced',
      `${INJECTION} is an annotation here, and must be a label.`,
      { line: lineOf(['metadata', 'annotations', INJECTION]) },
    );
  }
  const ambient = textAt(value, ...labels, AMBIENT) === 'ambient';
  if (ambient) {
    findings.add('ambient-namespace', `${name} is in the ambient mesh.`, {
      line: lineOf([...labels, AMBIENT]),
    });
  }
  if (
    injection === undefined &&
    !revision &&
    !ambient &&
    misplaced === undefined
  ) {
    findings.add('not-about-tracing', 'It says nothing about the mesh.');
  }
  return {};
}
