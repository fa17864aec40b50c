import type {
  EstimateBounds,
  SampleFacts,
} from 'backstage-plugin-mesh-tracing-common';
import { formatDuration, formatShare } from '../figures/format';

/** From this half width on, two digits of a figure are all that is known. */
const COARSE_SHARE = 0.05;

/** Whether figures are estimates: of a sample that is not all there is. */
export function isEstimate(sample: SampleFacts | undefined): boolean {
  return sample !== undefined && !sample.isExact;
}

/**
 * Half the width of bounds as a share of the figure, the wider side; undefined
 * where there are none or the figure is 0.
 */
export function precisionOf(
  value: number,
  bounds: EstimateBounds | null | undefined,
): number | undefined {
  return bounds && value > 0
    ? Math.max(bounds.high - value, value - bounds.low) / value
    : undefined;
}

/** An estimated count to as many digits as are known: three, or two. */
export function roundedCount(count: number, bounds?: EstimateBounds): number {
  const precision = precisionOf(count, bounds) ?? 0;
  const digits = precision >= COARSE_SHARE ? 2 : 3;
  return count < 10
    ? Math.max(count > 0 ? 1 : 0, Math.round(count))
    : Math.round(Number(count.toPrecision(digits)));
}

/**
 * Bounds of a duration, in the unit of the figure beside them where that is
 * theirs too: `1.18–1.25` beside `1.21 s`, or `980 ms–1.02 s`. Empty where the
 * figure is exact.
 */
export function formatDurationBounds(
  valueUs: number,
  { low, high }: EstimateBounds,
): string {
  if (low === high) {
    return '';
  }
  const [value, from, to] = [valueUs, low, high].map(formatDuration) as [
    string,
    string,
    string,
  ];
  const unit = unitOf(value);
  return unit !== undefined && unitOf(from) === unit && unitOf(to) === unit
    ? `${numberOf(from)}–${numberOf(to)}`
    : `${from}–${to}`;
}

/** Bounds of a share of 0 to 1: `0.9–4 %`; empty where the share is exact. */
export function formatShareBounds({ low, high }: EstimateBounds): string {
  return low === high
    ? ''
    : `${numberOf(formatShare(low, 1))}–${formatShare(high, 1)}`;
}

/**
 * Whether the difference of two figures may be chance: it is no larger than what
 * the two are uncertain by together. False where both are exact.
 */
export function isWithinNoise(a: EstimatedFigure, b: EstimatedFigure): boolean {
  if (a.bounds === undefined && b.bounds === undefined) {
    return false;
  }
  if (a.bounds === null || b.bounds === null) {
    return true;
  }
  const [less, more] = a.value <= b.value ? [a, b] : [b, a];
  const above = (less.bounds?.high ?? less.value) - less.value;
  const below = more.value - (more.bounds?.low ?? more.value);
  return more.value - less.value <= Math.hypot(above, below);
}

/**
 * Whether a ratio of two figures may be 1. False where both are exact, true where
 * a sample is too small to tell.
 */
export function isRatioNoise(
  bounds: EstimateBounds | null | undefined,
): boolean {
  return bounds === undefined
    ? false
    : bounds === null || (bounds.low <= 1 && bounds.high >= 1);
}

/** A figure, and how far it can be trusted. */
export interface EstimatedFigure {
  value: number;
  /** Absent where the figure is exact, null where the sample is too small to tell. */
  bounds?: EstimateBounds | null;
}

/** The unit of a formatted figure; undefined where it has two. */
function unitOf(text: string): string | undefined {
  const [, unit, ...rest] = text.split(' ');
  return rest.length === 0 ? unit : undefined;
}

function numberOf(text: string): string {
  return text.split(' ')[0] ?? text;
}
