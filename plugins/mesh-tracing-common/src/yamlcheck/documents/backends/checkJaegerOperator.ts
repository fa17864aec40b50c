import { readMeshConfig, TRACING_KINDS } from '../../../meshconfig';
import { hostOf } from '../../effect/MeshState';
import { textAt } from '../../read/values';
import type { DocumentContext, DocumentResult } from '../DocumentContext';

/** A resource of the retired Jaeger operator. */
export function checkJaegerOperator({
  value,
  recognised,
  findings,
  lineOf,
  state,
}: DocumentContext): DocumentResult {
  findings.add(
    'jaeger-operator-retired',
    `${recognised.apiVersion} ${recognised.resourceKind} needs the retired Jaeger operator.`,
    { line: lineOf(['apiVersion']) },
  );
  const name = textAt(value, 'metadata', 'name') ?? '';
  const made = `${name}-collector`;
  const namespace = recognised.namespace;
  const elsewhere = readMeshConfig(state.inputs.meshConfig).providers.filter(
    ({ kind, service = '' }) => {
      const [host, home] = hostOf(service).split('.');
      return (
        TRACING_KINDS.includes(kind) &&
        (host ?? '').includes('jaeger') &&
        home === namespace &&
        host !== made
      );
    },
  );
  for (const { name: provider, service = '' } of elsewhere) {
    findings.add(
      'jaeger-collector-name',
      `The operator would call the Service ${made}; provider ${provider} sends to ${service}.`,
      { line: lineOf(['metadata', 'name']) },
    );
  }
  return {};
}
