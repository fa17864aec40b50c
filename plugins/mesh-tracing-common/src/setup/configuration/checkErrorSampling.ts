import { formatPercent } from '../../shared/formatPercent';
import { listSome } from '../../shared/listSome';
import type { Telemetry, TracingEnvoyFilter } from '../../tracing';
import { evidenceOf, type SetupFinding, type SetupMend } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import { meansErrorSampling } from './meansErrorSampling';

/** What may show that somebody wants errors to be sampled. @public */
export interface ErrorSamplingInput {
  cluster: string;
  /** In force, percent. At 100 nothing is lost. */
  samplingPercent: number;
  /** Those that take part in the effective tracing. */
  telemetries: readonly Telemetry[];
  /** Names of the custom tags in force. */
  customTags: readonly string[];
  /** Of the workload and its pods. */
  annotations: Readonly<Record<string, string>>;
  /** That reach the proxy and touch tracing. */
  envoyFilters: ReadonlyArray<Pick<TracingEnvoyFilter, 'namespace' | 'name'>>;
  /** The policy that is offered instead. */
  mends: readonly SetupMend[];
}

/**
 * Head sampling decides when a request begins, and can't know whether it will fail
 * (Envoy: the decision falls before filters run). Names tell when that is
 * misunderstood: of resources, tags and annotations that speak of sampling errors.
 * @public
 */
export function checkErrorSampling(
  input: ErrorSamplingInput,
): SetupFinding | undefined {
  const { cluster, samplingPercent, mends } = input;
  const signs = signsIn(input);
  if (signs.length === 0 || samplingPercent >= 100) {
    return undefined;
  }
  return {
    severity: 'warning',
    code: 'errors-lost-to-head-sampling',
    what: `${listSome(
      signs.map(({ text }) => text),
    )} would have failed requests sampled, but ${formatPercent(
      samplingPercent,
    )} of all requests are traced, however they end.`,
    whatToDo: setupFindingCatalog['errors-lost-to-head-sampling'].whatToDo,
    evidence: evidenceOf(
      ['sampling-percent', samplingPercent, 'percent'],
      ...signs.map(({ text }) => ['sign', text, 'text'] as const),
    ),
    mends: [...mends],
    resources: signs.flatMap(({ resource }) => resource ?? []),
    cluster,
  };
}

interface Sign {
  text: string;
  resource?: string;
}

function signsIn(input: ErrorSamplingInput): Sign[] {
  const { telemetries, customTags, annotations, envoyFilters } = input;
  const named = (kind: string, namespace: string, name: string) => {
    const resource = `${namespace}/${name}`;
    return meansErrorSampling(name)
      ? [{ text: `${kind} ${resource}`, resource }]
      : [];
  };
  return [
    ...telemetries.flatMap(({ metadata }) => [
      ...named('Telemetry', metadata.namespace, metadata.name),
      ...annotated(metadata.annotations ?? {}),
    ]),
    ...envoyFilters.flatMap(filter =>
      named('EnvoyFilter', filter.namespace, filter.name),
    ),
    ...customTags
      .filter(meansErrorSampling)
      .map(name => ({ text: `custom tag ${name}` })),
    ...annotated(annotations),
  ];
}

/** The portal's own annotation of an objective wants errors seen, not sampled. */
const OWN_PREFIX = 'meshtracing.io/';

function annotated(annotations: Readonly<Record<string, string>>): Sign[] {
  return Object.keys(annotations)
    .filter(key => !key.startsWith(OWN_PREFIX) && meansErrorSampling(key))
    .map(key => ({ text: `annotation ${key}` }));
}
