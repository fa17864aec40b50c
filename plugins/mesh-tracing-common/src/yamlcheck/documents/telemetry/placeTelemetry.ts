import type {
  EffectiveTracing,
  IgnoredTelemetry,
  Telemetry,
  TelemetryIndex,
} from '../../../tracing';
import { tracingOf } from '../../effect/outcomes';
import type { MeshState } from '../../effect/MeshState';
import type { TelemetryPlacement } from '../../model/YamlCheck';
import { listAt } from '../../read/values';
import type { DocumentContext } from '../DocumentContext';

/** Reasons that say that other workloads are meant. */
const FOR_OTHERS: readonly string[] = [
  'selector-does-not-match',
  'target-ref-does-not-match',
];

/** A Telemetry among those of the cluster after it was applied. */
export interface PlacedTelemetry {
  telemetry: Telemetry;
  after: MeshState;
  index: TelemetryIndex;
}

/** Where a Telemetry would stand, with findings where it would not count. */
export function placeTelemetry(
  context: DocumentContext,
  placed: PlacedTelemetry,
): TelemetryPlacement {
  const { findings } = context;
  const { namespace, name } = placed.telemetry.metadata;
  const is = (found: { namespace?: string; name?: string }) =>
    found.namespace === namespace && found.name === name;
  const tracings = tracingOf(placed.after);
  const links = tracings.flatMap(({ chain }) => chain.filter(is).slice(0, 1));
  const ignored = tracings.flatMap(tracing =>
    tracing.ignored.filter(is).slice(0, 1),
  );
  const instead = olderOne(placed);
  const placement: TelemetryPlacement = {
    reaches: links.length,
    ...(links[0] ? { level: links[0].level } : {}),
    ...(instead === undefined
      ? reasonOf(ignored)
      : { ignored: 'older-namespace-wide' as const, instead }),
  };
  if (instead !== undefined) {
    findings.add(
      'ignored-older-wins',
      `It would be ignored: the older ${instead} wins.`,
      { resources: [instead] },
    );
  } else if (listAt(context.value, 'spec', 'tracing').length > 0) {
    reachFindings(context, placed, ignored, tracings);
  }
  return placement;
}

function reasonOf(
  ignored: readonly IgnoredTelemetry[],
): Pick<TelemetryPlacement, 'ignored'> {
  const [first] = ignored;
  return first ? { ignored: first.reason } : {};
}

/** The Telemetry that Istio looks at instead of one for the whole namespace. */
function olderOne({ telemetry, index }: PlacedTelemetry): string | undefined {
  const { namespace = '', name } = telemetry.metadata;
  const { wide, unusedWide } = index.namespace(namespace);
  return wide && unusedWide.some(reading => reading.name === name)
    ? `${namespace}/${wide.name}`
    : undefined;
}

function reachFindings(
  { findings, state }: DocumentContext,
  { telemetry }: PlacedTelemetry,
  ignored: readonly IgnoredTelemetry[],
  tracings: readonly EffectiveTracing[],
): void {
  const { namespace, name } = telemetry.metadata;
  const id = `${namespace}/${name}`;
  const reached = tracings.some(({ chain }) =>
    chain.some(link => link.namespace === namespace && link.name === name),
  );
  if (reached || state.workloads.length === 0) return;
  const reason = ignored.find(
    ({ reason: why }) => why !== 'no-tracing' && !FOR_OTHERS.includes(why),
  );
  if (reason) {
    findings.add('ignored-by-istio', reason.explanation, { resources: [id] });
  } else {
    const [other] = ignored;
    findings.add(
      'telemetry-elsewhere',
      other?.explanation ??
        `None of the entity's workloads is in ${namespace}.`,
      { resources: [id] },
    );
  }
}
