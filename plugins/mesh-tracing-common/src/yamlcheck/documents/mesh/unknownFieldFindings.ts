import { unknownFields } from '../../../meshconfig';
import type { YamlStep } from '../../../yaml';
import type { MeshPart } from './MeshPart';

/** Where fields belong that are often written elsewhere, by their camelCase name. */
const PLACES: Readonly<Record<string, string>> = {
  sampling:
    'defaultConfig.tracing.sampling; or set randomSamplingPercentage in a Telemetry, which counts at once',
  traceSampling: "the values of istiod's chart, as pilot.traceSampling",
  randomSamplingPercentage: 'spec.tracing[] of a Telemetry',
  customTags: 'spec.tracing[] of a Telemetry',
  disableSpanReporting: 'spec.tracing[] of a Telemetry',
  maxPathTagLength: 'defaultConfig.tracing',
  maxTagLength: 'the provider, beside its service',
  tracing:
    'defaultConfig.tracing, or defaultProviders.tracing for names of providers',
  zipkin: 'extensionProviders[]',
  opentelemetry: 'extensionProviders[]',
  tracingServiceName: 'defaultConfig',
  extensionProviders: 'the top of the mesh config',
  defaultProviders: 'the top of the mesh config, in camelCase',
  defaultConfig: 'the top of the mesh config, in camelCase',
  enableTracing: 'the top of the mesh config',
  providers: 'extensionProviders at the top of the mesh config',
};
const PROPAGATION = /propagat|trace_?context/i;
const DETECTORS = /^resource_?detectors$/i;

/** Fields that istiod passes over without a word. */
export function unknownFieldFindings(
  type: string,
  value: unknown,
  base: readonly YamlStep[],
  { findings, lineOf }: Pick<MeshPart, 'findings' | 'lineOf'>,
): void {
  for (const { path, name, message } of unknownFields(type, value)) {
    const line = lineOf([...base, ...path]);
    const what = `${[...base, ...path].join('.')} is no field of ${message}.`;
    const place = placeOf(name);
    if (DETECTORS.test(name)) {
      findings.add('resource-detectors-misplaced', what, { line });
    } else if (PROPAGATION.test(name)) {
      findings.add('no-propagation-setting', what, { line });
    } else if (place !== undefined) {
      findings.add('misplaced-field', what, {
        line,
        whatToDo: `It belongs into ${place}.`,
      });
    } else {
      findings.add('unknown-field', what, { line });
    }
  }
}

function placeOf(name: string): string | undefined {
  const camel = name.replace(/_([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
  return Object.hasOwn(PLACES, camel) ? PLACES[camel] : undefined;
}
