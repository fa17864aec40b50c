import type { Telemetry } from '../telemetry/Telemetry';
import { DefaultTracingResolver } from '../resolve/TracingResolver';
import { type Resolution } from '../resolve/Resolution';
import type {
  MeshTracingInputs,
  TracingProxy,
} from '../model/MeshTracingInputs';
import { validateTelemetry } from '../validation/validateTelemetry';
import { joinWebhookMessages } from '../validation/webhookVerdict';
import type {
  ConformanceFile,
  Mismatch,
  ResolutionCase,
  WebhookCase,
} from './ConformanceFile';
import { differences, withSortedTags } from './differences';
import { projectListeners } from './projectListener';
import { projectModel } from './projectModel';

const LISTS = ['hand', 'fuzz_model', 'fuzz_hcm'] as const;
const SHUFFLES = 3;

/** How many cases there were and what was different. */
export interface ConformanceReport {
  /** Cases by list. */
  cases: Record<string, number>;
  passed: number;
  failed: number;
  mismatches: Mismatch[];
}

/** Compares every case of a file with what this package computes. */
export function runConformance(file: ConformanceFile): ConformanceReport {
  const services = new Set(file.servicesInRegistryForHcmCases ?? []);
  const report: ConformanceReport = {
    cases: {},
    passed: 0,
    failed: 0,
    mismatches: [],
  };
  for (const list of LISTS) {
    const cases = file[list] ?? [];
    report.cases[list] = cases.length;
    for (const item of cases) {
      record(report, list, item.name, () => checkCase(item, services));
    }
  }
  const verdicts = file.validation_webhook ?? [];
  report.cases.validation_webhook = verdicts.length;
  for (const item of verdicts) {
    record(report, 'validation_webhook', item.name, () => checkWebhook(item));
  }
  return report;
}

type CheckResult = Omit<Mismatch, 'list' | 'case'>;

function record(
  report: ConformanceReport,
  list: string,
  name: string,
  check: () => CheckResult[],
): void {
  let found: CheckResult[];
  try {
    found = check();
  } catch (error) {
    found = [{ check: 'run', path: '', expected: 'a result', got: error }];
  }
  report.mismatches.push(
    ...found.map(mismatch => ({ list, case: name, ...mismatch })),
  );
  if (found.length === 0) report.passed += 1;
  else report.failed += 1;
}

function checkCase(
  item: ResolutionCase,
  services: ReadonlySet<string>,
): CheckResult[] {
  const { out } = item;
  const resolution = resolveCase(item, item.in.telemetries ?? [], services);
  const model = projectModel(resolution);
  const found: CheckResult[] = [];
  if ('model' in out) {
    found.push(...compared('model', out.model, model));
    found.push(...checkShuffled(item, services));
  }
  if (out.hcm !== undefined) {
    const expected = withSortedTags(out.hcm);
    const got = withSortedTags(projectListeners(resolution));
    found.push(...compared('hcm', expected, got));
  }
  const warnings = warningsOf(item.in.telemetries ?? []);
  found.push(...compared('validation', out.validation ?? [], warnings));
  if (out.panic !== undefined) found.push(...checkPanic(resolution));
  return found;
}

function resolveCase(
  item: ResolutionCase,
  telemetries: Telemetry[],
  knownServices: ReadonlySet<string>,
): Resolution {
  const inputs: MeshTracingInputs = {
    meshConfig: item.in.meshConfig ?? {},
    meshConfigKnown: true,
    telemetries,
    istiod: { environmentKnown: true },
    // Listeners alone depend on what is in the registry.
    ...(item.out.hcm === undefined ? {} : { knownServices }),
  };
  const resolver = DefaultTracingResolver.create(inputs);
  return resolver.trace(proxyOf(item), item.in.service ?? undefined);
}

function proxyOf({ in: { proxy } }: ResolutionCase): TracingProxy {
  return {
    kind: proxy.type === 'router' ? 'gateway' : proxy.type,
    namespace: proxy.namespace,
    labels: proxy.labels ?? {},
    version: proxy.version ?? '1.32.0',
    ...(proxy.proxyConfig ? { proxyConfig: proxy.proxyConfig } : {}),
    ...(proxy.meshID ? { meshId: proxy.meshID } : {}),
    ...(proxy.clusterID ? { clusterId: proxy.clusterID } : {}),
  };
}

/** The order in which Telemetries arrive must not matter. */
function checkShuffled(
  item: ResolutionCase,
  services: ReadonlySet<string>,
): CheckResult[] {
  const telemetries = item.in.telemetries ?? [];
  for (let round = 1; round <= SHUFFLES; round++) {
    const order = shuffled(telemetries, round);
    const model = projectModel(resolveCase(item, order, services));
    const found = compared('shuffled', item.out.model, model);
    if (found.length > 0) return found;
  }
  return [];
}

/** Fisher and Yates with a small seeded generator (Park and Miller). */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed * 48271;
  for (let i = result.length - 1; i > 0; i--) {
    state = (state * 48271) % 2147483647;
    const j = state % (i + 1);
    const [a, b] = [result[i], result[j]];
    if (a !== undefined && b !== undefined) [result[i], result[j]] = [b, a];
  }
  return result;
}

function warningsOf(telemetries: readonly Telemetry[]) {
  return telemetries.flatMap(telemetry => {
    const { warnings } = validateTelemetry(telemetry);
    const { namespace, name } = telemetry.metadata;
    return warnings.length === 0
      ? []
      : [
          {
            name: `${namespace}/${name}`,
            warning: joinWebhookMessages(warnings),
          },
        ];
  });
}

/** Istio failed: no listener may be said to trace. */
function checkPanic({ sides: { listeners } }: Resolution): CheckResult[] {
  const broken = Object.values(listeners).some(
    listener => listener.failure === 'breaks-istiod' && !listener.enabled.value,
  );
  return compared(
    'panic',
    'istiod fails on this',
    broken ? 'istiod fails on this' : 'a working listener',
  );
}

function checkWebhook(item: WebhookCase): CheckResult[] {
  const verdict = validateTelemetry(item.telemetry);
  const errors = verdict.errors
    .filter(error => error.by === 'webhook')
    .map(error => error.message);
  const textOf = (messages: string[]) =>
    messages.length === 0 ? null : joinWebhookMessages(messages);
  return compared(
    'webhook',
    { error: item.error, warning: item.warning },
    { error: textOf(errors), warning: textOf(verdict.warnings) },
  );
}

function compared(
  check: string,
  expected: unknown,
  got: unknown,
): CheckResult[] {
  return differences(expected, got).map(found => ({ check, ...found }));
}
