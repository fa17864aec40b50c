import type { Workload } from '../../../workloads';
import type { ProxyConfig } from '../../../meshconfig';
import type { YamlStep } from '../../../yaml';
import { readYaml, UnreadableYamlError } from '../../../yaml';
import { YAML_CHECK_LIMITS } from '../../limits';
import { isMap, mapAt, textAt, valueAt } from '../../read/values';
import { jaegerImageFindings } from '../backends/jaegerImageFindings';
import type { DocumentContext, DocumentResult } from '../DocumentContext';
import { oldLayerFindings } from '../mesh/oldLayerFindings';
import { unknownFieldFindings } from '../mesh/unknownFieldFindings';
import { namespaceOf } from '../namespaceOf';

const INJECT = 'sidecar.istio.io/inject';
const CONFIG = 'proxy.istio.io/config';

/** A Deployment and the like, or a Pod: whether it gets a proxy, and with what. */
export function checkWorkload(context: DocumentContext): DocumentResult {
  const { findings, state } = context;
  const namespace = namespaceOf(context);
  const pod = podPath(context);
  misplacedFindings(context, pod);
  const injected = injection(context, pod);
  const proxyConfig = annotatedConfig(context, pod);
  jaegerImageFindings(context, pod);
  const says = findings
    .list()
    .some(({ code }) => !code.startsWith('namespace-'));
  const change = (workload: Workload): Workload => {
    if (!isSame(workload, context, namespace)) return workload;
    if (injected === false && workload.proxy === 'sidecar') {
      return { ...workload, proxy: 'none' };
    }
    return proxyConfig
      ? {
          ...workload,
          proxyConfig: {
            ...(workload.proxyConfig ?? state.inputs.meshConfig.defaultConfig),
            ...proxyConfig,
          },
        }
      : workload;
  };
  const workloads = state.workloads.map(change);
  const changes = workloads.some(
    (workload, i) => workload !== state.workloads[i],
  );
  if (!says && !changes) {
    findings.add('not-about-tracing', 'It says nothing about its proxy.');
  }
  return changes ? { state: { ...state, workloads } } : {};
}

function podPath({ recognised, value }: DocumentContext): YamlStep[] {
  if (recognised.resourceKind === 'Pod') return [];
  const job: YamlStep[] = ['spec', 'jobTemplate', 'spec', 'template'];
  return isMap(valueAt(value, ...job)) ? job : ['spec', 'template'];
}

function isSame(
  workload: Workload,
  { recognised }: DocumentContext,
  namespace: string | undefined,
): boolean {
  return (
    workload.namespace === namespace &&
    workload.name === recognised.name &&
    workload.kind === recognised.resourceKind
  );
}

/** On the owner instead of the template of its pods nothing reads them. */
function misplacedFindings(
  { value, findings, lineOf }: DocumentContext,
  pod: readonly YamlStep[],
): void {
  const places: YamlStep[][] = [
    ...(pod.length === 0
      ? []
      : [
          ['metadata', 'labels', INJECT],
          ['metadata', 'annotations', INJECT],
          ['metadata', 'annotations', CONFIG],
        ]),
    [...pod, 'metadata', 'labels', 'istio-injection'],
  ];
  for (const path of places) {
    if (valueAt(value, ...path) === undefined) continue;
    findings.add(
      'injection-label-misplaced',
      `${path.join('.')} is not read by the injection of sidecars.`,
      { line: lineOf(path) },
    );
  }
}

/** False where the pods refuse a sidecar; undefined where they say nothing. */
function injection(
  { value, findings, lineOf, recognised }: DocumentContext,
  pod: readonly YamlStep[],
): boolean | undefined {
  // The label counts before the annotation (Istio: injectRequired).
  const path = ['labels', 'annotations']
    .map(where => [...pod, 'metadata', where, INJECT])
    .find(at => valueAt(value, ...at) !== undefined);
  if (!path) return undefined;
  const stated = `${valueAt(value, ...path)}`.toLowerCase();
  if (!['false', 'n', 'no', 'off', '0'].includes(stated)) return true;
  findings.add(
    'injection-off',
    `Pods of ${recognised.name} refuse a sidecar.`,
    { line: lineOf(path) },
  );
  return false;
}

/** The tracing part of the annotation, which replaces that of the mesh as a whole. */
function annotatedConfig(
  { value, findings, lineOf }: DocumentContext,
  pod: readonly YamlStep[],
): ProxyConfig | undefined {
  const path = [...pod, 'metadata', 'annotations', CONFIG];
  const text = textAt(value, ...path);
  if (text === undefined) return undefined;
  const begin = lineOf(path);
  try {
    const read = readYaml(text, { maxValues: YAML_CHECK_LIMITS.values });
    const part = {
      findings,
      lineOf: (inner: readonly YamlStep[]) => begin + read.lineOf(inner),
    };
    unknownFieldFindings('ProxyConfig', read.value, [], part);
    oldLayerFindings(mapAt(read.value), [], part);
    const tracing = valueAt(read.value, 'tracing');
    if (!isMap(tracing)) return undefined;
    findings.add('annotation-beaten', 'It sets tracing.', { line: begin });
    return { tracing };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const at = error instanceof UnreadableYamlError ? error.line ?? 0 : 0;
    findings.add('annotation-unreadable', `${CONFIG}: ${error.message}`, {
      line: begin + at,
    });
    return undefined;
  }
}
