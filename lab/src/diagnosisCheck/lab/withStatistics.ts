import type { LabLayout } from '../../layout/LabLayout';

/** A layout whose Envoys name their statistics so that Prometheus tells them apart. */
export function withStatistics(layout: LabLayout): LabLayout {
  return { ...layout, profile: 'production' };
}
