import { useTheme } from '@material-ui/core/styles';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyAnalysis } from 'backstage-plugin-mesh-tracing-common';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartTooltip, useChartColours } from '../shared/charts/chartColours';
import { useChartAxes } from '../shared/charts/useChartAxes';
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatOrDash,
  formatTime,
} from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

const HEIGHT = 260;
type Point = LatencyAnalysis['series']['points'][number];

/** p50 and p95 over time, above the number of requests behind them. */
export function LatencyChart({
  series,
}: {
  series: LatencyAnalysis['series'];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const theme = useTheme();
  const colours = useChartColours();
  const axes = useChartAxes(series.points.map(({ startMs }) => startMs));
  return (
    <div
      role="img"
      aria-label={summaryOf(series.points, t('latency.chartLabel'))}
      style={{ paddingTop: theme.spacing(1) }}
    >
      <ResponsiveContainer
        width="100%"
        height={HEIGHT}
        initialDimension={{ width: 800, height: HEIGHT }}
      >
        <ComposedChart
          accessibilityLayer={false}
          data={series.points}
          margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
        >
          <CartesianGrid stroke={colours.grid} vertical={false} />
          <XAxis
            {...axes.time}
            dataKey="startMs"
            padding={{ left: 12, right: 12 }}
          />
          <YAxis {...axes.duration} yAxisId="latency" />
          <YAxis
            yAxisId="count"
            orientation="right"
            domain={[0, (most: number) => Math.max(1, most * 3)]}
            allowDecimals={false}
            tick={colours.tick}
            stroke={colours.axis}
            width={44}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ payload }) => {
              const point = payload?.[0]?.payload as Point | undefined;
              return point ? (
                <ChartTooltip
                  title={formatDateTime(point.startMs)}
                  lines={[
                    ['p50', formatOrDash(point.p50Us, formatDuration)],
                    ['p95', formatOrDash(point.p95Us, formatDuration)],
                    [t('latency.count'), formatCount(point.count)],
                    [t('traces.errors'), formatCount(point.errorCount)],
                  ]}
                />
              ) : null;
            }}
          />
          <Legend
            wrapperStyle={{ fontSize: 12, color: colours.text }}
            iconSize={12}
          />
          <Bar
            yAxisId="count"
            dataKey="count"
            name={t('latency.count')}
            fill={colours.muted}
            fillOpacity={0.6}
            maxBarSize={18}
            isAnimationActive={false}
          />
          <Line
            yAxisId="latency"
            dataKey="p50Us"
            name="p50"
            stroke={colours.primary}
            strokeWidth={2}
            dot={{ r: 2 }}
            isAnimationActive={false}
          />
          <Line
            yAxisId="latency"
            dataKey="p95Us"
            name="p95"
            stroke={colours.secondary}
            strokeWidth={2}
            strokeDasharray="6 3"
            dot={{ r: 2, strokeDasharray: '0' }}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** The chart in a sentence, for those who can't see it. */
function summaryOf(points: Point[], label: string): string {
  const parts = points
    .filter(point => point.p95Us !== null)
    .map(
      point =>
        `${formatTime(point.startMs)}: p50 ${formatOrDash(
          point.p50Us,
          formatDuration,
        )}, p95 ${formatOrDash(point.p95Us, formatDuration)}`,
    );
  return `${label} ${parts.join('; ')}`;
}
