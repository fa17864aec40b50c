import { shortened } from 'backstage-plugin-mesh-tracing-common';
import type { PlannedSource, SearchPlan, TimeSlice } from './SearchPlan';

const MAX_NAMES = 3;
const MAX_NAME_LENGTH = 60;
const MAX_LENGTH = 800;

/**
 * A plan in one line, for the log. It names filters and never their values, which
 * may be secrets (of attributes above all) or people's (of operations), and nothing
 * of whose traces are meant; service names are quoted, and bounded in length and
 * number.
 */
export function describePlan(plan: SearchPlan): string {
  const { pages, form, dialect, reason, pushed, kept, unproven } = plan;
  const line = [
    `Trace store '${
      plan.store
    }' is searched for ${form} by ${dialect} (${reason}): ${namesOf(
      plan.sources,
    )}`,
    windowOf(plan.slices),
    `pages of ${pages.size}, at most ${pages.most}, until ${pages.wanted} match`,
    `the store filters by ${listOf(pushed)}`,
    `the portal by ${listOf(kept)}`,
    ...(unproven.length > 0 ? [`unproven ${listOf(unproven)}`] : []),
  ].join('; ');
  return shortened(line, MAX_LENGTH);
}

function listOf(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'nothing';
}

function namesOf(sources: readonly PlannedSource[]): string {
  const shown = sources
    .slice(0, MAX_NAMES)
    .map(
      ({ service, resource }) =>
        `${resource} of ${JSON.stringify(shortened(service, MAX_NAME_LENGTH))}`,
    );
  const others = sources.length - shown.length;
  return [...shown, ...(others > 0 ? [`${others} more`] : [])].join(', ');
}

function windowOf(slices: readonly TimeSlice[]): string {
  const startMs = Math.min(...slices.map(({ startTimeMs }) => startTimeMs));
  const endMs = Math.max(...slices.map(({ endTimeMs }) => endTimeMs));
  const parts = slices.length === 1 ? '1 slice' : `${slices.length} slices`;
  return `${parts} of ${timeOf(startMs)} to ${timeOf(endMs)}`;
}

function timeOf(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
