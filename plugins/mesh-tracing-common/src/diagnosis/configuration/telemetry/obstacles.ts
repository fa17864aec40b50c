import type { IgnoredTelemetry, Telemetry } from '../../../tracing';
import { formatYaml } from '../../../yaml';
import type { DiagnosisMend } from '../../model/Diagnosis';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { makesSpans, tracingAfter } from '../mends/isMended';
import {
  mergeCommand,
  patchCommand,
  pointerPart,
  shellWord,
} from '../mends/kubectl';

/** What keeps a Telemetry from reaching the workload, and what would let it. */
export interface Obstacle {
  code:
    | 'several-namespace-wide'
    | 'root-selector-without-effect'
    | 'selector-matches-nothing';
  /** The Telemetry that has no part, `namespace/name`. */
  id: string;
  cause: string;
  mend: DiagnosisMend;
  /** Whether the workload would be traced with the mend, as the resolver computes. */
  isDecisive: boolean;
}

/** Each costs a resolution of the workload. */
const MAX_TRIED = 5;

/**
 * Telemetries that say something about tracing and are ignored by a slip: what they
 * would do if they were not is tried.
 */
export function obstaclesOf(facts: ConfigurationFacts): Obstacle[] {
  const { effective, inputs } = facts;
  return effective.ignored
    .flatMap(ignored => {
      const telemetry = find(inputs.telemetries, ignored);
      return telemetry?.spec?.tracing?.length ? { ignored, telemetry } : [];
    })
    .slice(0, MAX_TRIED)
    .flatMap(({ ignored, telemetry }) => obstacle(facts, ignored, telemetry));
}

function obstacle(
  facts: ConfigurationFacts,
  { reason }: IgnoredTelemetry,
  telemetry: Telemetry,
): Obstacle[] {
  switch (reason) {
    case 'older-namespace-wide':
      return hiddenByOlder(facts, telemetry);
    case 'root-namespace-selector':
      return inRootNamespace(facts, telemetry);
    case 'selector-does-not-match':
      return selectsNothing(facts, telemetry);
    default:
      return [];
  }
}

/** The oldest for the whole namespace takes over the section of the newer one. */
function hiddenByOlder(
  facts: ConfigurationFacts,
  telemetry: Telemetry,
): Obstacle[] {
  const { namespace } = telemetry.metadata;
  const [oldest] = facts.inputs.telemetries
    .filter(
      ({ metadata, spec }) =>
        metadata.namespace === namespace && isNamespaceWide(spec),
    )
    .sort(byAge);
  if (!oldest) return [];
  const tracing = telemetry.spec?.tracing ?? [];
  const put = { ...oldest, spec: { ...oldest.spec, tracing } };
  const id = idOf(telemetry);
  return [
    {
      code: 'several-namespace-wide',
      id,
      cause: `Telemetry ${id} has no part: Istio looks at one Telemetry for a whole namespace, the oldest, and that is ${idOf(
        oldest,
      )}.`,
      mend: {
        kind: 'command',
        what: `Move the tracing section of ${id} into ${idOf(oldest)}.`,
        command: [
          mergeCommand('telemetry', oldest.metadata, { spec: { tracing } }),
          withoutTracing(telemetry),
        ].join(' && '),
      },
      isDecisive: makesSpans(tracingAfter(facts, { put })),
    },
  ];
}

/** Takes the tracing section away; the whole object where it says nothing else. */
function withoutTracing({ metadata, spec }: Telemetry): string {
  const { namespace, name } = metadata;
  const others = Object.keys(spec ?? {}).filter(
    section => section !== 'tracing',
  );
  return others.length > 0
    ? patchCommand('telemetry', metadata, [
        { op: 'remove', path: '/spec/tracing' },
      ])
    : `kubectl -n ${shellWord(namespace)} delete telemetry ${shellWord(name)}`;
}

function inRootNamespace(
  facts: ConfigurationFacts,
  telemetry: Telemetry,
): Obstacle[] {
  const { namespace } = facts.workload;
  const { name } = telemetry.metadata;
  const put: Telemetry = {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { namespace, name },
    spec: telemetry.spec ?? {},
  };
  const id = idOf(telemetry);
  return [
    {
      code: 'root-selector-without-effect',
      id,
      cause: `Telemetry ${id} selects this workload, but a selector in the root namespace reaches workloads of that namespace only.`,
      mend: {
        kind: 'yaml',
        what: `Create it in namespace ${namespace}.`,
        yaml: formatYaml(put),
      },
      isDecisive: makesSpans(tracingAfter(facts, { put })),
    },
  ];
}

/** A selector that no workload of its namespace has is likely meant for this one. */
function selectsNothing(
  facts: ConfigurationFacts,
  telemetry: Telemetry,
): Obstacle[] {
  const { workload, workloads } = facts;
  const { namespace } = telemetry.metadata;
  const wanted = telemetry.spec?.selector?.matchLabels ?? {};
  const isAnyones = workloads.some(
    other =>
      other.namespace === namespace &&
      Object.entries(wanted).every(
        ([key, value]) => other.labels[key] === value,
      ),
  );
  if (namespace !== workload.namespace || isAnyones) return [];
  const wrong = Object.entries(wanted).filter(
    ([key, value]) => workload.labels[key] !== value,
  );
  const matchLabels = Object.fromEntries(
    Object.keys(wanted).flatMap(key => {
      const value = workload.labels[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  // A selector without labels would stand for the whole namespace.
  if (Object.keys(matchLabels).length === 0) return [];
  const put = {
    ...telemetry,
    spec: { ...telemetry.spec, selector: { matchLabels } },
  };
  const id = idOf(telemetry);
  const said = wrong.map(([key, value]) => `${key}=${value}`).join(', ');
  return [
    {
      code: 'selector-matches-nothing',
      id,
      cause: `Telemetry ${id} selects ${said}, which no workload of namespace ${namespace} has.`,
      mend: {
        kind: 'command',
        what: `Let its selector name the labels of ${workload.name}.`,
        command: patchCommand(
          'telemetry',
          telemetry.metadata,
          wrong.map(([key]) => {
            const path = `/spec/selector/matchLabels/${pointerPart(key)}`;
            const value = matchLabels[key];
            return value === undefined
              ? { op: 'remove', path }
              : { op: 'replace', path, value };
          }),
        ),
      },
      isDecisive: makesSpans(tracingAfter(facts, { put })),
    },
  ];
}

function isNamespaceWide(spec: Telemetry['spec']): boolean {
  return (
    Object.keys(spec?.selector?.matchLabels ?? {}).length === 0 &&
    !spec?.targetRef &&
    (spec?.targetRefs ?? []).length === 0
  );
}

/** As Istio sorts them: by age, then by name. */
function byAge({ metadata: a }: Telemetry, { metadata: b }: Telemetry): number {
  const [left, right] = [a, b].map(
    ({ creationTimestamp }) => Date.parse(creationTimestamp ?? '') || 0,
  );
  return (left ?? 0) - (right ?? 0) || (a.name < b.name ? -1 : 1);
}

function find(
  telemetries: readonly Telemetry[],
  { namespace, name }: IgnoredTelemetry,
): Telemetry | undefined {
  return telemetries.find(
    ({ metadata }) =>
      metadata.namespace === namespace && metadata.name === name,
  );
}

function idOf({ metadata }: Telemetry): string {
  return `${metadata.namespace}/${metadata.name}`;
}
