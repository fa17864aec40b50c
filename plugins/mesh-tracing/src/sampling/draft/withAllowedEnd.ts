import type { SamplingAbility } from 'backstage-plugin-mesh-tracing-common';
import { DURATIONS, type EndChoice, type OverrideDraft } from './overrideDraft';

/** A form whose end is not further off than is allowed, where it is a length. */
export function withAllowedEnd(
  draft: OverrideDraft,
  { maxDurationMs }: Pick<SamplingAbility, 'maxDurationMs'>,
  nowMs: number,
): OverrideDraft {
  const { end } = draft;
  if (!isLength(end) || DURATIONS[end] <= maxDurationMs) {
    return draft;
  }
  const longest = (Object.keys(DURATIONS) as Array<keyof typeof DURATIONS>)
    .filter(length => DURATIONS[length] <= maxDurationMs)
    .sort((a, b) => DURATIONS[b] - DURATIONS[a])[0];
  return longest
    ? { ...draft, end: longest }
    : { ...draft, end: 'custom', customEndMs: nowMs + maxDurationMs };
}

function isLength(end: EndChoice): end is keyof typeof DURATIONS {
  return end in DURATIONS;
}
