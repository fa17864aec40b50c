import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  LatencyResponse,
  VersionLatency,
} from 'backstage-plugin-mesh-tracing-common';
import { Panel } from '../shared/layout/Panel';
import { isRatioNoise } from '../shared/sample/estimates';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { StatisticsTable } from './StatisticsTable';
import { useRatioText } from './useRatioText';
import { useVerdicts } from './useVerdicts';

/** Versions, each beside those of the same workload; none where none differ. */
export function VersionsPanel(props: {
  latency: LatencyResponse;
  isSample: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const noteOf = useVersionNote(props.latency);
  const { versions } = props.latency.latency;
  const workloads = [...new Set(versions.map(({ workload }) => workload))];
  const several = workloads.filter(
    name => versions.filter(({ workload }) => workload === name).length > 1,
  );
  if (several.length === 0) {
    return null;
  }
  return (
    <Panel title={t('latency.versions')} note={t('latency.versionsNote')} flush>
      {several.map(workload => (
        <StatisticsTable
          key={workload}
          isSample={props.isSample}
          name={
            workloads.length > 1
              ? t('latency.versionOf', { workload })
              : t('latency.version')
          }
          rows={versions
            .filter(row => row.workload === workload)
            .map(row => ({
              ...row,
              id: row.version,
              title: row.version,
              note: noteOf(row),
            }))}
        />
      ))}
    </Panel>
  );
}

/** How a version does against the one of its workload with most requests. */
function useVersionNote(
  latency: LatencyResponse,
): (row: VersionLatency) => string | undefined {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const verdicts = useVerdicts();
  const ratioText = useRatioText();
  return ({ workload, version }) => {
    const found = latency.versionComparisons?.find(
      item => item.workload === workload && item.version === version,
    );
    if (!found) {
      return undefined;
    }
    const { verdict, p95Ratio, p95RatioBounds } = found.comparison;
    const parts = [
      t('comparison.version', {
        what: verdicts[verdict],
        baseline: found.baseline,
      }),
      verdict !== 'too few requests' &&
        p95Ratio !== null &&
        ratioText('p95', p95Ratio),
      verdict !== 'too few requests' &&
        isRatioNoise(p95RatioBounds) &&
        t('sample.noise'),
    ];
    return parts.filter(Boolean).join('; ');
  };
}
