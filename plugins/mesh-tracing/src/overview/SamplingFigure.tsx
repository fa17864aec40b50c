import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  describeSource,
  headlineSides,
  spanReporting,
  tracedSide,
  type TracingResponse,
  type WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { OverrideEnd } from '../sampling';
import { formatPercent, formatPercentRange } from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { useNotTracedText } from '../tracing';
import { Figure } from '../shared/figures/Figure';

/** Effective sampling of the workloads, each with where it comes from. */
export function SamplingFigure({ tracing }: { tracing: TracingResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const percents = tracing.workloads
    .map(percentOf)
    .filter((percent): percent is number => percent !== undefined);
  return (
    <Figure
      label={t('overview.sampling')}
      value={formatPercentRange(percents) ?? t('overview.notTraced')}
    >
      {tracing.workloads.length === 0 && t('overview.noWorkloads')}
      {tracing.workloads.map(item => (
        <div key={`${item.workload.cluster}/${item.workload.name}`}>
          <WorkloadSampling item={item} named={tracing.workloads.length > 1} />
        </div>
      ))}
    </Figure>
  );
}

function WorkloadSampling(props: { item: WorkloadTracing; named: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { workload, effective, override } = props.item;
  const notTracedText = useNotTracedText();
  const sideNames = {
    client: t('ladder.client'),
    server: t('ladder.server'),
  };
  const sides = headlineSides(effective).filter(
    ({ tracing }) => tracing.spanReporting === 'reported',
  );
  const name = props.named ? `${workload.name}: ` : '';
  const reporting = spanReporting(effective);
  if (reporting !== 'reported') {
    return (
      <>
        {name}
        {notTracedText(reporting, workload.ambient)}
      </>
    );
  }
  return (
    <>
      {name}
      {sides.map(({ side, tracing: { samplingPercent } }) => (
        <div key={side}>
          {sides.length > 1 && `${sideNames[side]}: `}
          {(props.named || sides.length > 1) &&
            `${formatPercent(samplingPercent.value)}, `}
          {t('overview.setBy', {
            source: describeSource(samplingPercent.source),
          })}
        </div>
      ))}
      {override && (
        <>
          <strong>
            <OverrideEnd
              expiresAt={override.expiresAt}
              isManaged={override.managedBy !== undefined}
            />
          </strong>
        </>
      )}
    </>
  );
}

function percentOf({ effective }: WorkloadTracing): number | undefined {
  return tracedSide(effective)?.tracing.samplingPercent.value;
}
