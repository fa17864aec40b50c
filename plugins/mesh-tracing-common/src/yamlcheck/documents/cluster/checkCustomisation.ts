import { describeEnvoyFilter, describeSidecar } from '../../../tracing';
import { isMap, listAt, mapAt, textAt } from '../../read/values';
import type { DocumentContext, DocumentResult } from '../DocumentContext';
import { namespaceOf } from '../namespaceOf';

/** Trace headers that a filter may try to set, in the text of its code. */
const TRACE_HEADERS =
  /x-b3-|["']b3["']|traceparent|x-client-trace-id|x-envoy-force-trace|force_trace/i;
const LUA = /\.lua\.v3\.Lua|envoy\.filters\.http\.lua|envoy\.lua/;

/** An EnvoyFilter: what it does to tracing, and whether it comes too late. */
export function checkEnvoyFilter(context: DocumentContext): DocumentResult {
  const { value, findings, lineOf, state } = context;
  const namespace = namespaceOf(context) ?? '';
  const filter = describeEnvoyFilter(stood(value, namespace));
  if (!filter) {
    findings.add('not-about-tracing', 'Its patches do nothing to tracing.');
    return {};
  }
  listAt(value, 'spec', 'configPatches').forEach((patch, i) => {
    const text = JSON.stringify(mapAt(patch, 'patch', 'value'));
    const http = textAt(patch, 'applyTo') === 'HTTP_FILTER';
    if (http && LUA.test(text) && TRACE_HEADERS.test(text)) {
      findings.add(
        'filter-after-decision',
        'A Lua filter sets trace headers after Envoy has decided about the request.',
        { line: lineOf(['spec', 'configPatches', i]) },
      );
    }
  });
  findings.add(
    'envoy-filter-by-hand',
    `It touches ${filter.touches.join(', ')}.`,
    { line: lineOf(['spec', 'configPatches']) },
  );
  const rest = (state.inputs.envoyFilters ?? []).filter(
    other => other.namespace !== namespace || other.name !== filter.name,
  );
  return {
    state: {
      ...state,
      inputs: { ...state.inputs, envoyFilters: [...rest, filter] },
    },
  };
}

/** A Sidecar: whether the provider's service stays within its egress. */
export function checkSidecar(context: DocumentContext): DocumentResult {
  const { value, findings, lineOf, state } = context;
  const namespace = namespaceOf(context);
  const sidecar = describeSidecar(stood(value, namespace ?? ''));
  if (!sidecar?.hosts || namespace === undefined) {
    findings.add('not-about-tracing', 'It bounds no egress.');
    return {};
  }
  findings.add(
    'sidecar-egress',
    `${sidecar.hosts.length} hosts can be reached.`,
    {
      line: lineOf(['spec', 'egress']),
    },
  );
  const rest = (state.inputs.sidecars ?? []).filter(
    other => other.namespace !== namespace || other.name !== sidecar.name,
  );
  return {
    state: {
      ...state,
      inputs: { ...state.inputs, sidecars: [...rest, sidecar] },
    },
  };
}

/** The resource at the place where it would stand. */
function stood(value: DocumentContext['value'], namespace: string): unknown {
  const { creationTimestamp: _, ...metadata } = mapAt(value, 'metadata');
  return { ...value, metadata: { ...metadata, namespace } };
}

/** A ProxyConfig resource, which has no fields about tracing. */
export function checkProxyConfig({
  value,
  findings,
  lineOf,
}: DocumentContext): DocumentResult {
  const spec = mapAt(value, 'spec');
  const fields = ['tracing', 'sampling', 'tracingServiceName'].filter(
    field => spec[field] !== undefined,
  );
  for (const field of fields) {
    findings.add(
      'proxy-config-without-tracing',
      `spec.${field} is no field of a ProxyConfig resource.`,
      { line: lineOf(['spec', field]) },
    );
  }
  if (fields.length === 0 && !isMap(spec.environmentVariables)) {
    findings.add('not-about-tracing', 'It sets nothing about tracing.');
  } else if (fields.length === 0) {
    findings.add(
      'not-about-tracing',
      'It sets environment variables, which custom tags of kind environment can read.',
      { line: lineOf(['spec', 'environmentVariables']) },
    );
  }
  return {};
}
