import { TRACING_KINDS } from '../../../meshconfig';
import type { MeshReading } from '../../../meshconfig';
import { findingCatalog, type TracingFindingCode } from '../../../tracing';
import { isMap, listAt, mapAt, textAt, valueAt } from '../../read/values';
import type { MeshPart } from './MeshPart';

/** Kinds that once could trace. */
const FORMER_KINDS = ['lightstep', 'stackdriver', 'opencensus'];

/** What is wrong with the tracing providers of a mesh config, and its default. */
export function providerFindings(part: MeshPart, reading: MeshReading): void {
  for (const key of ['extensionProviders', 'extension_providers']) {
    listAt(part.value, key).forEach((provider, i) =>
      oneProvider(part, key, provider, i),
    );
  }
  defaultFindings(part, reading);
}

function oneProvider(
  { findings, lineOf }: MeshPart,
  key: string,
  provider: unknown,
  i: number,
): void {
  if (!isMap(provider)) return;
  const kinds = Object.keys(provider).filter(name => isMap(provider[name]));
  const tracing = kinds.filter(kind => TRACING_KINDS.includes(kind));
  const name = textAt(provider, 'name');
  const called = name ?? `number ${i + 1}`;
  const line = lineOf([key, i]);
  if (kinds.length > 1) {
    findings.add(
      'provider-of-several-kinds',
      `Provider ${called} is ${kinds.join(' and ')}.`,
      { line },
    );
  }
  for (const kind of tracing) {
    const settings = mapAt(provider, kind);
    const missing = [
      ...(name === undefined ? ['name'] : []),
      ...['service', 'port'].filter(field => !settings[field]),
    ];
    if (missing.length > 0) {
      findings.add(
        'provider-incomplete',
        `Provider ${called} lacks ${missing.join(' and ')}.`,
        { line: lineOf([key, i, kind]) },
      );
    }
    if (settings.http !== undefined && settings.grpc !== undefined) {
      findings.add('provider-exports-twice', `Provider ${called} has both.`, {
        line: lineOf([key, i, kind, 'http']),
      });
    }
    for (const detectors of ['resourceDetectors', 'resource_detectors']) {
      if (settings[detectors] === undefined) continue;
      if (kind === 'opentelemetry') {
        findings.add(
          'resource-detectors-purpose',
          `Provider ${called} has resource detectors.`,
          { line: lineOf([key, i, kind, detectors]) },
        );
      }
    }
  }
  if (kinds.some(kind => FORMER_KINDS.includes(kind))) {
    const lightstep = valueAt(provider, 'lightstep') !== undefined;
    add(
      { findings },
      lightstep ? 'provider-breaks-istiod' : 'provider-cannot-trace',
      `Provider ${called} is of a kind that Istio no longer traces with.`,
      line,
    );
  }
}

function defaultFindings(
  { findings, lineOf, value, state }: MeshPart,
  reading: MeshReading,
): void {
  const [first] = reading.defaultProviders;
  const line = lineOf(['defaultProviders', 'tracing']);
  const own = reading.providers.filter(({ kind }) =>
    TRACING_KINDS.includes(kind),
  );
  if (first === undefined) {
    const named = state.inputs.telemetries.some(({ spec }) =>
      listAt(spec, 'tracing').some(
        entry => listAt(entry, 'providers').length > 0,
      ),
    );
    if (own.length > 0 && !named) {
      findings.add(
        'no-default-provider',
        `${own.map(({ name }) => name).join(', ')}: none is the default.`,
        { line: lineOf(['extensionProviders']) },
      );
    }
    return;
  }
  const found = reading.providers.find(
    ({ name }) => name.toLowerCase() === first.toLowerCase(),
  );
  if (!found) {
    add(
      { findings },
      'default-provider-unknown',
      `No provider is called ${first}.`,
      line,
    );
  } else if (!own.includes(found) && !FORMER_KINDS.includes(found.kind)) {
    add(
      { findings },
      'provider-cannot-trace',
      `${first} is of kind ${found.kind}.`,
      line,
    );
  }
  if (listAt(value, 'defaultProviders', 'tracing').length > 1) {
    add(
      { findings },
      'second-default-provider-ignored',
      `Only ${first} counts.`,
      line,
    );
  }
}

function add(
  { findings }: Pick<MeshPart, 'findings'>,
  code: TracingFindingCode,
  what: string,
  line: number,
): void {
  const { severity, whatToDo } = findingCatalog[code];
  findings.addEffective({ severity, code, what, whatToDo, line });
}
