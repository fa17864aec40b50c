import { makeStyles } from '@material-ui/core/styles';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from 'react-router-dom';
import { formatCount, formatDuration, useChartColours } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import type { Neighbour } from './neighbourhood';

const BOX = { width: 200, height: 40, gap: 14 };
const WIDTH = 900;
const SHOWN = 8;

const useStyles = makeStyles(theme => ({
  map: { display: 'block', width: '100%', maxHeight: 440 },
  box: {
    fill: theme.palette.background.paper,
    stroke: theme.palette.text.hint,
  },
  focus: {
    fill: theme.palette.background.paper,
    stroke: theme.palette.text.primary,
    strokeWidth: 2,
  },
  name: { fill: theme.palette.text.primary, fontSize: 13 },
  link: {
    '& text': {
      fill: theme.palette.type === 'dark' ? '#8ec5ff' : '#0b5cad',
      textDecoration: 'underline',
    },
    '&:focus-visible rect': { strokeWidth: 3 },
  },
  label: {
    fill: theme.palette.text.secondary,
    fontSize: 11,
    paintOrder: 'stroke',
    stroke: theme.palette.background.paper,
    strokeWidth: 4,
  },
}));

/** Callers, the entity, callees: the picture of the tables below. */
export function DependencyMap(props: {
  title: string;
  upstream: Neighbour[];
  downstream: Neighbour[];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const classes = useStyles();
  const upstream = props.upstream.slice(0, SHOWN);
  const downstream = props.downstream.slice(0, SHOWN);
  const rows = Math.max(upstream.length, downstream.length, 1);
  const height = rows * (BOX.height + BOX.gap) + BOX.gap;
  const centre = { x: (WIDTH - BOX.width) / 2, y: (height - BOX.height) / 2 };
  const sides = [
    { neighbours: upstream, x: 4, isUpstream: true },
    { neighbours: downstream, x: WIDTH - BOX.width - 4, isUpstream: false },
  ];
  return (
    <svg
      className={classes.map}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="group"
      aria-label={t('dependencies.map')}
    >
      {sides.flatMap(({ neighbours, x, isUpstream }) =>
        neighbours.map((neighbour, index) => {
          const y = rowTop(index, neighbours.length, height);
          return (
            <g key={neighbour.id}>
              <EdgeLine
                neighbour={neighbour}
                from={
                  isUpstream
                    ? { x: x + BOX.width, y: y + BOX.height / 2 }
                    : { x: centre.x + BOX.width, y: height / 2 }
                }
                to={
                  isUpstream
                    ? { x: centre.x, y: height / 2 }
                    : { x, y: y + BOX.height / 2 }
                }
                labelNear={isUpstream ? 'from' : 'to'}
              />
              <NodeBox x={x} y={y} neighbour={neighbour} />
            </g>
          );
        }),
      )}
      <rect {...centre} width={BOX.width} height={BOX.height} rx={6} className={classes.focus} />
      <text
        x={WIDTH / 2}
        y={height / 2 + 5}
        textAnchor="middle"
        className={classes.name}
        fontWeight={600}
      >
        {shortened(props.title)}
      </text>
    </svg>
  );
}

function NodeBox(props: { x: number; y: number; neighbour: Neighbour }) {
  const classes = useStyles();
  const entityRoute = useRouteRef(entityRouteRef);
  const { node } = props.neighbour;
  const box = (
    <>
      <title>{node.name}</title>
      <rect
        x={props.x}
        y={props.y}
        width={BOX.width}
        height={BOX.height}
        rx={6}
        className={classes.box}
        strokeDasharray={node.kind === 'external' ? '4 3' : undefined}
      />
      <text
        x={props.x + BOX.width / 2}
        y={props.y + BOX.height / 2 + 5}
        textAnchor="middle"
        className={classes.name}
      >
        {shortened(node.name)}
      </text>
    </>
  );
  if (!node.entityRef || !entityRoute) {
    return <g>{box}</g>;
  }
  return (
    <Link
      to={entityRoute(parseEntityRef(node.entityRef))}
      className={classes.link}
    >
      {box}
    </Link>
  );
}

function EdgeLine(props: {
  neighbour: Neighbour;
  from: { x: number; y: number };
  to: { x: number; y: number };
  labelNear: 'from' | 'to';
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const classes = useStyles();
  const colours = useChartColours();
  const { from, to } = props;
  const { edge } = props.neighbour;
  const failing = edge.errorCount > 0;
  const middle = (from.x + to.x) / 2;
  const label = [
    edge.source === 'declared'
      ? t('dependencies.noTraffic')
      : t('overview.calls', { total: formatCount(edge.callCount) }),
    edge.p95Us !== null && `p95 ${formatDuration(edge.p95Us)}`,
    failing && `⚠ ${formatCount(edge.errorCount)}`,
  ].filter(Boolean);
  return (
    <>
      <path
        d={`M${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`}
        fill="none"
        stroke={failing ? colours.error : colours.axis}
        strokeWidth={failing ? 2 : 1.4}
        strokeDasharray={edge.source === 'declared' ? '4 4' : undefined}
      />
      <text
        x={props.labelNear === 'from' ? from.x + 8 : to.x - 8}
        y={(props.labelNear === 'from' ? from.y : to.y) - 6}
        textAnchor={props.labelNear === 'from' ? 'start' : 'end'}
        className={classes.label}
      >
        {label.join(' · ')}
      </text>
    </>
  );
}

function rowTop(index: number, count: number, height: number): number {
  const used = count * (BOX.height + BOX.gap) - BOX.gap;
  return (height - used) / 2 + index * (BOX.height + BOX.gap);
}

function shortened(name: string): string {
  return name.length > 26 ? `${name.slice(0, 25)}…` : name;
}
