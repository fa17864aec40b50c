import { useTheme } from '@material-ui/core/styles';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useId } from 'react';
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useChartColours } from '../../shared/charts/chartColours';
import { roundTicks } from '../../shared/charts/roundTicks';
import { useChartAxes } from '../../shared/charts/useChartAxes';
import { formatSpan } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import {
  highestShown,
  mostRequests,
  unreadStretches,
  type ChartSlice,
  type Percentile,
} from './chartSlices';
import { ChartHatching } from './ChartHatching';
import { SliceTooltip } from './SliceTooltip';
import { useChartSummary } from './useChartSummary';

const HEIGHT = 260;
/** Share of the window from which an unread stretch has room for a word. */
const ROOM_FOR_WORD = 0.08;

/** A point of a line below the pointer, as the chart hands it over. */
interface ActivePoint {
  cx?: number;
  cy?: number;
  payload: ChartSlice;
}

interface ChartProps {
  slices: ChartSlice[];
  selected?: ChartSlice;
  onSelect: (slice: ChartSlice) => void;
  /** A point of a line was chosen. */
  onOpen: (slice: ChartSlice, percentile: Percentile) => void;
}

/**
 * p50 and p95 over the whole window with the bounds that the sample allows, above
 * the number of requests. What was not read is hatched and named, never zero.
 */
export function LatencyChart({
  slices,
  selected,
  onSelect,
  onOpen,
}: ChartProps) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const theme = useTheme();
  const colours = useChartColours();
  const startMs = slices[0]?.startMs ?? 0;
  const axes = useChartAxes([startMs, slices[slices.length - 1]?.endMs ?? 0]);
  const durations = roundTicks(highestShown(slices));
  const counts = roundTicks(3 * mostRequests(slices));
  const summary = useChartSummary(slices);
  const hatching = useId();
  const unreadAreas = useUnreadAreas(slices, `url(#${hatching})`);
  const stepMs = (slices[0]?.endMs ?? 0) - startMs;
  return (
    <div
      role="img"
      aria-label={summary}
      style={{ paddingTop: theme.spacing(1) }}
    >
      <ResponsiveContainer
        width="100%"
        height={HEIGHT}
        initialDimension={{ width: 800, height: HEIGHT }}
      >
        <ComposedChart
          accessibilityLayer={false}
          data={slices}
          margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
          style={{ cursor: 'pointer' }}
          onClick={({ activeTooltipIndex }) => {
            const slice = slices[Number(activeTooltipIndex)];
            if (slice) {
              onSelect(slice);
            }
          }}
        >
          <ChartHatching id={hatching} colour={colours.axis} />
          <CartesianGrid stroke={colours.grid} vertical={false} />
          <XAxis {...axes.time} dataKey="middleMs" />
          <YAxis
            {...axes.duration}
            yAxisId="latency"
            domain={durations.domain}
            ticks={durations.ticks}
            allowDataOverflow
          />
          <YAxis
            yAxisId="count"
            orientation="right"
            domain={counts.domain}
            ticks={counts.ticks}
            allowDecimals={false}
            tick={colours.tick}
            stroke={colours.axis}
            width={44}
          />
          {unreadAreas}
          {selected && selectedArea(selected, colours)}
          <Tooltip
            isAnimationActive={false}
            content={({ payload }) => (
              <SliceTooltip
                slice={payload?.[0]?.payload as ChartSlice | undefined}
              />
            )}
          />
          <Legend
            wrapperStyle={{ fontSize: 12, color: colours.text }}
            iconSize={12}
            formatter={name => (
              <span style={{ color: colours.text }}>{name}</span>
            )}
          />
          <Bar
            yAxisId="count"
            dataKey="count"
            name={t('latency.countPer', { span: formatSpan(stepMs) })}
            fill={colours.muted}
            fillOpacity={0.6}
            maxBarSize={18}
            isAnimationActive={false}
          />
          {bandOf('p50Band', colours.primary)}
          {bandOf('p95Band', colours.secondary)}
          {lineOf('p50', colours.primary, onOpen)}
          {lineOf('p95', colours.secondary, onOpen)}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Marks the slice that is told below the chart. */
function selectedArea(
  { startMs, endMs }: ChartSlice,
  colours: ReturnType<typeof useChartColours>,
) {
  return (
    <ReferenceArea
      yAxisId="latency"
      x1={startMs}
      x2={endMs}
      fill={colours.text}
      fillOpacity={0.08}
      stroke={colours.axis}
    />
  );
}

/** Hatched stretches of which nothing is known, with a word where it fits. */
function useUnreadAreas(slices: ChartSlice[], fill: string) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const colours = useChartColours();
  const windowMs =
    (slices[slices.length - 1]?.endMs ?? 0) - (slices[0]?.startMs ?? 0);
  return unreadStretches(slices).map(({ startMs, endMs }) => (
    <ReferenceArea
      key={startMs}
      yAxisId="latency"
      x1={startMs}
      x2={endMs}
      fill={fill}
      fillOpacity={1}
      label={
        endMs - startMs > ROOM_FOR_WORD * windowMs
          ? { value: t('sample.notRead'), fill: colours.text, fontSize: 12 }
          : undefined
      }
    />
  ));
}

/** Where the true percentile lies, with an edge that shows without its colour. */
function bandOf(dataKey: 'p50Band' | 'p95Band', colour: string) {
  return (
    <Area
      yAxisId="latency"
      dataKey={dataKey}
      legendType="none"
      tooltipType="none"
      fill={colour}
      fillOpacity={0.16}
      stroke={colour}
      strokeOpacity={0.5}
      strokeWidth={1}
      strokeDasharray={dataKey === 'p95Band' ? '3 3' : undefined}
      isAnimationActive={false}
      activeDot={false}
    />
  );
}

/** A percentile over time, whose points open traces. */
function lineOf(
  percentile: 'p50' | 'p95',
  colour: string,
  onOpen: ChartProps['onOpen'],
) {
  return (
    <Line
      yAxisId="latency"
      dataKey={`${percentile}Us`}
      name={percentile}
      stroke={colour}
      strokeWidth={2}
      strokeDasharray={percentile === 'p95' ? '6 3' : undefined}
      dot={{ r: 2, strokeDasharray: '0' }}
      activeDot={({ cx, cy, payload }: ActivePoint) => (
        <circle
          cx={cx}
          cy={cy}
          r={6}
          fill={colour}
          onClick={event => {
            event.stopPropagation();
            onOpen(payload, percentile);
          }}
        />
      )}
      isAnimationActive={false}
    />
  );
}
