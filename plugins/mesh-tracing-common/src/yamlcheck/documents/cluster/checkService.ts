import { readMeshConfig, TRACING_KINDS } from '../../../meshconfig';
import { withServices } from '../../effect/MeshState';
import { isMap, listAt, textAt } from '../../read/values';
import type { DocumentContext, DocumentResult } from '../DocumentContext';
import { namespaceOf } from '../namespaceOf';

/** A Service or a ServiceEntry: whether a tracing provider sends to it. */
export function checkService(context: DocumentContext): DocumentResult {
  const { value, findings, lineOf, state, recognised } = context;
  const namespace = namespaceOf(context);
  if (namespace === undefined) return {};
  const hosts =
    recognised.kind === 'service'
      ? [`${recognised.name}.${namespace}.svc.cluster.local`]
      : listAt(value, 'spec', 'hosts').filter(
          (host): host is string => typeof host === 'string',
        );
  const ports = listAt(value, 'spec', 'ports').flatMap(port => {
    const number = isMap(port) ? port.port ?? port.number : undefined;
    return typeof number === 'number' ? [number] : [];
  });
  const providers = readMeshConfig(state.inputs.meshConfig).providers.filter(
    ({ kind, service }) =>
      TRACING_KINDS.includes(kind) &&
      hosts.some(
        host => service === host || service === `${namespace}/${host}`,
      ),
  );
  for (const { name, port } of providers) {
    findings.add('provider-service', `Provider ${name} sends to it.`, {
      line: lineOf(['metadata', 'name']),
    });
    if (port !== undefined && !ports.includes(port)) {
      findings.add(
        'provider-port-missing',
        `Provider ${name} sends to port ${port}; it has ${
          ports.join(', ') || 'none'
        }.`,
        { line: lineOf(['spec', 'ports']) },
      );
    }
  }
  if (providers.length === 0) {
    findings.add(
      'not-about-tracing',
      `No tracing provider sends to ${textAt(value, 'metadata', 'name')}.`,
    );
  }
  const services = hosts.flatMap(host =>
    ports.map(port => `${namespace}/${host}:${port}`),
  );
  const pasted = {
    ...state,
    pastedServices: [...state.pastedServices, ...services],
  };
  return {
    state: withServices(
      pasted,
      services.map(service => service.slice(namespace.length + 1)),
    ),
  };
}
