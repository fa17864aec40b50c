import { useTheme } from '@material-ui/core/styles';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import {
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
  ZAxis,
} from 'recharts';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import type { TimeWindow } from '../../shared/api/MeshTracingApi';
import {
  ChartTooltip,
  useChartColours,
} from '../../shared/charts/chartColours';
import { useChartAxes } from '../../shared/charts/useChartAxes';
import {
  formatCount,
  formatDateTime,
  formatDuration,
} from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

const HEIGHT = 180;

/**
 * Duration over time, the area by the number of spans. For the eye only: tables
 * hold the same for keyboards and screen readers.
 */
export function TraceScatter(props: {
  traces: TraceSummary[];
  /** Shown as a whole; without it, as much time as the traces take. */
  window?: TimeWindow;
}) {
  const { traces, window } = props;
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { update } = useTracingUrl();
  const theme = useTheme();
  const colours = useChartColours();
  const axes = useChartAxes(
    window
      ? [window.startTimeMs, window.endTimeMs]
      : traces.map(({ startTimeMs }) => startTimeMs),
  );
  const failed = traces.filter(trace => trace.errorSpanCount > 0);
  const fine = traces.filter(trace => trace.errorSpanCount === 0);
  const open = (point: { payload?: TraceSummary }) =>
    point.payload && update({ trace: point.payload.traceId });
  return (
    <div aria-hidden style={{ padding: theme.spacing(1, 2, 0) }}>
      <ResponsiveContainer
        width="100%"
        height={HEIGHT}
        initialDimension={{ width: 800, height: HEIGHT }}
      >
        <ScatterChart
          accessibilityLayer={false}
          margin={{ top: 14, right: 16, bottom: 0, left: 8 }}
        >
          <CartesianGrid stroke={colours.grid} />
          <XAxis {...axes.time} dataKey="startTimeMs" allowDataOverflow />
          <YAxis
            {...axes.duration}
            type="number"
            dataKey="durationUs"
            scale="sqrt"
            domain={[0, 'dataMax']}
          />
          <ZAxis dataKey="spanCount" range={[30, 260]} />
          <Tooltip
            isAnimationActive={false}
            content={({ payload }) => {
              const trace = payload?.[0]?.payload as TraceSummary | undefined;
              return trace ? (
                <ChartTooltip
                  title={trace.rootOperation ?? trace.traceId}
                  lines={[
                    [t('traces.start'), formatDateTime(trace.startTimeMs)],
                    [t('traces.duration'), formatDuration(trace.durationUs)],
                    [t('traces.spans'), formatCount(trace.spanCount)],
                    [t('traces.errors'), formatCount(trace.errorSpanCount)],
                  ]}
                />
              ) : null;
            }}
          />
          <Legend
            wrapperStyle={{ fontSize: 12, color: colours.text }}
            iconSize={9}
          />
          <Scatter
            name={t('traces.withoutErrors')}
            data={fine}
            fill={colours.primary}
            fillOpacity={0.65}
            isAnimationActive={false}
            cursor="pointer"
            onClick={open}
          />
          <Scatter
            name={t('traces.withErrors')}
            data={failed}
            fill={colours.error}
            shape="triangle"
            isAnimationActive={false}
            cursor="pointer"
            onClick={open}
          />
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  );
}
