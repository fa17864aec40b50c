import {
  decidingSide,
  type EffectiveTracing,
  type EffectiveTracingSide,
  keptPercent,
  localDecisionPercent,
  sameValue,
  TRACING_SIDES,
} from '../../tracing';
import type { ProxyKind } from '../../workloads';
import type {
  FirstHop,
  SamplingEffect,
  StartedElsewhere,
  StartedHere,
  TracesSeen,
} from '../../api';

/** What the verdict on a change at one workload is made from. @public */
export interface SamplingEffectInput {
  before: EffectiveTracing;
  after: EffectiveTracing;
  proxy: ProxyKind;
  /** As the proxy reports it. */
  proxyVersion?: string;
  /** Null where nothing could be observed. */
  seen: TracesSeen | null;
  firstHops?: readonly FirstHop[];
}

/**
 * The one verdict on what a change does: to traces that begin at the workload, to
 * those begun elsewhere, and to tags. The first proxy of a request decides (Istio
 * issues 30809 and 51004), and its decision travels in `x-request-id`; a decision
 * that arrives as trace context alone is only upheld by proxies that would sample
 * the request themselves, see `keptPercent`. Nothing is ever added to a trace
 * that was not sampled before.
 * @public
 */
export function effectOfSampling(input: SamplingEffectInput): SamplingEffect {
  const { before, after, proxyVersion, seen } = input;
  const [was, is] = [before, after].map(decidingSide);
  const beforePercent = localDecisionPercent(was);
  const afterPercent = localDecisionPercent(is);
  const keptBeforePercent = keptPercent(was, proxyVersion);
  const keptAfterPercent = keptPercent(is, proxyVersion);
  const here = startedHere(beforePercent, afterPercent, input);
  const elsewhere = startedElsewhere(is, keptAfterPercent);
  const isSent = Boolean(was?.enabled.value) === Boolean(is?.enabled.value);
  return {
    beforePercent,
    afterPercent,
    startedHere: here,
    startedElsewhere: elsewhere,
    keptBeforePercent,
    keptAfterPercent,
    samplingWithoutEffect:
      isSent &&
      (here === 'unchanged' || here === 'none-start') &&
      keptBeforePercent === keptAfterPercent,
    tags: tagsOf(before, after),
    seen,
    firstHops: [...(input.firstHops ?? [])],
  };
}

function startedHere(
  before: number,
  after: number,
  { proxy, seen }: SamplingEffectInput,
): StartedHere {
  if (before === after) {
    return 'unchanged';
  }
  const isMore = after > before;
  if (proxy === 'gateway' || (seen && seen.began > 0)) {
    return isMore ? 'more' : 'fewer';
  }
  // Traces seen tell only of a workload that sampled before: without sampling
  // none begins here, even if requests do.
  if (seen && seen.traces > 0 && before > 0) {
    return 'none-start';
  }
  return isMore ? 'more-if-any' : 'fewer-if-any';
}

function startedElsewhere(
  side: EffectiveTracingSide | undefined,
  kept: number,
): StartedElsewhere {
  if (!side?.enabled.value) {
    return 'not-traced';
  }
  return kept === 100 ? 'kept' : 'decided-again';
}

function tagsOf(
  before: EffectiveTracing,
  after: EffectiveTracing,
): SamplingEffect['tags'] {
  const changed = TRACING_SIDES.filter(
    side =>
      !sameValue(
        before[side]?.customTags.value ?? {},
        after[side]?.customTags.value ?? {},
      ),
  );
  if (changed.length === 0) {
    return 'unchanged';
  }
  return changed.some(side => after[side]?.enabled.value)
    ? 'on-new-spans'
    : 'not-shown';
}
