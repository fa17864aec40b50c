import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  RequestFigures,
  RequestPoint,
} from 'backstage-plugin-mesh-tracing-common';
import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import {
  ChartTooltip,
  useChartColours,
} from '../../shared/charts/chartColours';
import { useChartAxes } from '../../shared/charts/useChartAxes';
import { formatDateTime, formatOrDash } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './requests.module.css';

const HEIGHT = 150;

interface ChartLine {
  field: keyof RequestFigures;
  name: string;
  colour: string;
  dashes?: string;
}

/** One measure over time, or several of the same unit. */
export function RequestChart(props: {
  title: string;
  points: RequestPoint[];
  format: (value: number) => string;
  /** Top of the scale where every figure is zero. */
  topOfZero: number;
  lines: ChartLine[];
}) {
  const { title, points, format, topOfZero, lines } = props;
  const isZero = points.every(point =>
    lines.every(({ field }) => !point[field]),
  );
  const colours = useChartColours();
  const axes = useChartAxes(points.map(({ startMs }) => startMs));
  const summary = useSummary(props);
  return (
    <div>
      <h3 className={styles.chartTitle}>{title}</h3>
      <div role="img" aria-label={summary}>
        <ResponsiveContainer
          width="100%"
          height={HEIGHT}
          initialDimension={{ width: 320, height: HEIGHT }}
        >
          <LineChart
            accessibilityLayer={false}
            data={points}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          >
            <CartesianGrid stroke={colours.grid} vertical={false} />
            <XAxis {...axes.time} dataKey="startMs" minTickGap={28} />
            <YAxis
              {...axes.duration}
              tickFormatter={format}
              domain={[0, isZero ? topOfZero : 'auto']}
              tickCount={4}
            />
            <Tooltip
              isAnimationActive={false}
              content={({ payload }) => {
                const point = payload?.[0]?.payload as RequestPoint | undefined;
                return point ? (
                  <ChartTooltip
                    title={formatDateTime(point.startMs)}
                    lines={lines.map(({ name, field }) => [
                      name,
                      formatOrDash(point[field], format),
                    ])}
                  />
                ) : null;
              }}
            />
            {lines.length > 1 && (
              <Legend
                wrapperStyle={{ fontSize: 12, color: colours.text }}
                iconSize={12}
              />
            )}
            {lines.map(({ field, name, colour, dashes }) => (
              <Line
                key={field}
                dataKey={field}
                name={name}
                stroke={colour}
                strokeWidth={2}
                strokeDasharray={dashes}
                dot={{ r: 1.5, strokeDasharray: '0' }}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}

/** The chart in a sentence for each line, for those who can't see it. */
function useSummary(props: {
  points: RequestPoint[];
  format: (value: number) => string;
  lines: ChartLine[];
}): string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { points, format, lines } = props;
  return lines
    .map(({ field, name }) => {
      const values = points.flatMap(point => point[field] ?? []);
      const latest = values.at(-1);
      return latest === undefined
        ? t('requests.chartEmpty', { name })
        : t('requests.chartSummary', {
            name,
            lowest: format(Math.min(...values)),
            highest: format(Math.max(...values)),
            latest: format(latest),
          });
    })
    .join(' ');
}
