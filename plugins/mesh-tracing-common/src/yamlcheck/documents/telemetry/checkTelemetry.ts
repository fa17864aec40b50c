import {
  applyChange,
  findingCatalog,
  meansErrors,
  silentTelemetryErrors,
  type Telemetry,
  TelemetryIndex,
  type TracingFindingCode,
  validateTelemetry,
} from '../../../tracing';
import { isMap, listAt, mapAt, textAt, type YamlMap } from '../../read/values';
import { stepsOf } from '../../read/stepsOf';
import { propagationFinding } from '../mesh/propagationFinding';
import type { DocumentContext, DocumentResult } from '../DocumentContext';
import { namespaceOf } from '../namespaceOf';
import { tagFindings } from './tagFindings';
import { placeTelemetry } from './placeTelemetry';

const DETECTORS = /resource_?detectors/i;

/**
 * A Telemetry: what refuses it, what it would break without a word, where it would
 * stand, and what becomes of the entity's workloads.
 */
export function checkTelemetry(context: DocumentContext): DocumentResult {
  const { findings, lineOf } = context;
  const namespace = namespaceOf(context);
  const telemetry = pastedTelemetry(context.value, namespace);
  const { errors, warnings } = validateTelemetry(telemetry);
  for (const { by, path, message } of errors) {
    const line = lineOf(stepsOf(context.value, path));
    if (by === 'portal') continue;
    if (DETECTORS.test(path)) {
      findings.add(
        'resource-detectors-misplaced',
        `${path} is no field of a Telemetry`,
        { line },
      );
    }
    findings.add(
      by === 'schema' ? 'refused-by-schema' : 'refused-by-webhook',
      path ? `${path} ${message}` : message,
      { line },
    );
  }
  for (const warning of warnings) findings.add('webhook-warning', warning);
  if (findings.verdict() === 'refused' || namespace === undefined) return {};
  return placed(context, telemetry);
}

function placed(
  context: DocumentContext,
  telemetry: Telemetry,
): DocumentResult {
  const { findings, state, lineOf } = context;
  const { namespace, name } = telemetry.metadata;
  // Providers are judged against the mesh that the documents before left.
  for (const { code, path, message } of silentTelemetryErrors(
    telemetry,
    state.inputs,
  )) {
    // An unknown mesh may have a default provider.
    if (code === 'tracing-off-by-omission' && !state.inputs.meshConfigKnown) {
      continue;
    }
    findings.addEffective({
      ...effective(code),
      what: `${path}: ${message}.`,
      line: lineOf(stepsOf(context.value, path)),
    });
  }
  settingFindings(context);
  propagationFinding(context);
  const replaced = state.inputs.telemetries.some(
    ({ metadata }) =>
      metadata.namespace === namespace && metadata.name === name,
  );
  if (replaced && state.known) {
    findings.add(
      'telemetry-replaces',
      `${namespace}/${name} is there already and would be replaced.`,
      { resources: [`${namespace}/${name}`] },
    );
  }
  const after = {
    ...state,
    inputs: {
      ...state.inputs,
      telemetries: applyChange(state.inputs.telemetries, { put: telemetry }),
    },
  };
  const index = TelemetryIndex.create(
    after.inputs.telemetries,
    after.inputs.istiod.revision,
  );
  return {
    state: after,
    placement: placeTelemetry(context, { telemetry, after, index }),
  };
}

/** As the API server would store it: what it sets itself is left out. */
function pastedTelemetry(
  value: YamlMap,
  namespace: string | undefined,
): Telemetry {
  const metadata = mapAt(value, 'metadata');
  const { name, labels, annotations } = metadata;
  const { status: _, ...stated } = value;
  return {
    ...stated,
    metadata: {
      name,
      namespace: namespace ?? 'default',
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
  } as unknown as Telemetry;
}

/** What the finding of a code about effective tracing says in general. */
function effective(code: TracingFindingCode) {
  const { severity, whatToDo } = findingCatalog[code];
  return { code, severity, whatToDo };
}

function settingFindings({ value, findings, lineOf }: DocumentContext): void {
  const entries = listAt(value, 'spec', 'tracing');
  if (entries.length === 0) {
    findings.add(
      'telemetry-without-tracing',
      `${textAt(value, 'metadata', 'name')} has no tracing section.`,
    );
  }
  const name = textAt(value, 'metadata', 'name') ?? '';
  entries.forEach((entry, i) => {
    if (!isMap(entry)) return;
    const path = ['spec', 'tracing', i];
    if (
      typeof entry.randomSamplingPercentage === 'number' &&
      meansErrors(name)
    ) {
      const code = 'error-sampling-misunderstood';
      findings.addEffective({
        ...effective(code),
        what: `${name} sets a percentage for all requests, not for those that fail.`,
        line: lineOf([...path, 'randomSamplingPercentage']),
      });
    }
    if (entry.randomSamplingPercentage === 100) {
      findings.add(
        'all-requests-traced',
        'Every request that starts here is sampled.',
        { line: lineOf([...path, 'randomSamplingPercentage']) },
      );
    }
    tagFindings(entry.customTags, [...path, 'customTags'], {
      findings,
      lineOf,
    });
  });
}
