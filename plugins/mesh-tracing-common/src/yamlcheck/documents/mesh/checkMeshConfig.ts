import { readYaml, UnreadableYamlError, type YamlRead } from '../../../yaml';
import { YAML_CHECK_LIMITS } from '../../limits';
import type { YamlDocumentKind } from '../../model/YamlCheck';
import { isMap, mapAt, textAt, valueAt } from '../../read/values';
import { applyMeshPart } from './applyMeshPart';
import type { DocumentContext, DocumentResult } from '../DocumentContext';
import { propagationFinding } from './propagationFinding';

/** A mesh config: by itself, or in istiod's ConfigMap. */
export function checkMeshConfig(context: DocumentContext): DocumentResult {
  const { value, lineOf, findings, state, recognised } = context;
  if (recognised.resourceKind !== 'ConfigMap') {
    const after = applyMeshPart({ value, lineOf, findings, state });
    propagationFinding(context);
    return { state: after };
  }
  const inner = innerMesh(context);
  if (!inner) return {};
  const begin = lineOf(['data', 'mesh']);
  const after = applyMeshPart({
    value: inner.value ?? {},
    // The block of text begins in the line after its key.
    lineOf: path => begin + inner.lineOf(path),
    findings,
    state,
  });
  propagationFinding(context);
  return { state: after };
}

function innerMesh({
  value,
  lineOf,
  findings,
}: DocumentContext): YamlRead | undefined {
  const line = lineOf(['data', 'mesh']);
  try {
    const read = readYaml(textAt(value, 'data', 'mesh') ?? '', {
      maxValues: YAML_CHECK_LIMITS.values,
    });
    if (read.value === null || isMap(read.value)) return read;
    findings.add('mesh-config-refused', 'data.mesh is no map.', { line });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const at = error instanceof UnreadableYamlError ? error.line ?? 0 : 0;
    findings.add(
      'mesh-config-refused',
      `data.mesh is no YAML: ${error.message}`,
      { line: line + at },
    );
  }
  return undefined;
}

/** Where the values of Istio's charts stand; at the top where no entry is. */
const BASES: Partial<Record<YamlDocumentKind, string[]>> = {
  'istio-operator': ['spec'],
  'istio-resource': ['spec', 'values'],
};

/**
 * Values of Istio's charts: by themselves, in an IstioOperator, or in the Istio
 * resource of its newer operator.
 */
export function checkInstallation(context: DocumentContext): DocumentResult {
  const { value, findings, lineOf, recognised, state } = context;
  const base = BASES[recognised.kind] ?? [];
  const root = base.length > 0 ? valueAt(value, ...base) : value;
  const meshPath =
    isMap(valueAt(root, 'meshConfig')) || recognised.kind !== 'istio-operator'
      ? [...base, 'meshConfig']
      : [...base, 'values', 'meshConfig'];
  const mesh = valueAt(value, ...meshPath);
  if (recognised.kind === 'istio-operator') {
    findings.add(
      'operator-by-istioctl',
      'istioctl install takes it as a whole.',
      { line: lineOf(['kind']) },
    );
  }
  let after = state;
  if (isMap(mesh)) {
    const applied = applyMeshPart({
      value: mesh,
      lineOf: path => lineOf([...meshPath, ...path]),
      findings,
      state,
    });
    if (!applied) return {};
    after = applied;
  }
  const valuesPath =
    recognised.kind === 'istio-operator' ? [...base, 'values'] : base;
  const sampling = installedSampling(context, valuesPath);
  tracerValues(context, valuesPath);
  propagationFinding(context);
  if (
    !isMap(mesh) &&
    sampling === undefined &&
    !findings.has('legacy-tracer-value')
  ) {
    findings.add('not-about-tracing', 'It sets nothing about tracing.');
    return {};
  }
  return {
    state: {
      ...after,
      inputs: {
        ...after.inputs,
        istiod: {
          ...after.inputs.istiod,
          ...(sampling === undefined ? {} : { traceSamplingPercent: sampling }),
        },
      },
    },
  };
}

/** What the chart gives istiod as `PILOT_TRACE_SAMPLING`, in percent. */
function installedSampling(
  { value, findings, lineOf, recognised }: DocumentContext,
  base: readonly string[],
): number | undefined {
  const path = [...base, 'pilot', 'traceSampling'];
  const stated = valueAt(value, ...path);
  if (stated === 0) {
    findings.add('trace-sampling-zero', 'pilot.traceSampling is 0.', {
      line: lineOf(path),
    });
    return undefined;
  }
  if (typeof stated === 'number') return stated;
  // The profile for trying Istio out samples everything.
  const demo =
    recognised.kind !== 'helm-values' &&
    valueAt(value, 'spec', 'profile') === 'demo';
  return demo ? 100 : undefined;
}

function tracerValues(
  { value, findings, lineOf }: DocumentContext,
  base: readonly string[],
): void {
  const old = [
    [...base, 'global', 'tracer'],
    [...base, 'global', 'proxy', 'tracer'],
  ];
  for (const path of old) {
    const stated = valueAt(value, ...path);
    if (stated === undefined || stated === 'none') continue;
    if (isMap(stated) && Object.keys(mapAt(value, ...path)).length === 0)
      continue;
    findings.add('legacy-tracer-value', `${path.join('.')} is set.`, {
      line: lineOf(path),
    });
  }
}
