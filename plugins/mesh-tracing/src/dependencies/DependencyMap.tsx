import { parseEntityRef } from '@backstage/catalog-model';
import { makeStyles } from '@material-ui/core/styles';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from 'react-router-dom';
import {
  formatCount,
  formatDuration,
  formatShare,
  mostTelling,
  useChartColours,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './DependenciesView.module.css';
import { isIdle, isUndeclared, type Neighbour } from './neighbourhood';

const BOX = { width: 260, height: 48, gap: 12 };
const WIDTH = 920;
const FOCUS_WIDTH = 190;
/** Below this, CSS pixels, texts were too small to read: the box scrolls. */
const MIN_WIDTH = 780;
const SHOWN = 8;
/** Share of failed calls from which a line is drawn as failing. */
const FAILING_SHARE = 0.05;

interface Point {
  x: number;
  y: number;
}

const useStyles = makeStyles(theme => ({
  scroller: {
    overflowX: 'auto',
    '&:focus-visible': { outline: '2px solid var(--bui-ring)' },
  },
  map: {
    display: 'block',
    width: '100%',
    minWidth: MIN_WIDTH,
    maxHeight: 560,
  },
  box: {
    fill: theme.palette.background.paper,
    stroke: theme.palette.text.hint,
  },
  focus: {
    fill: theme.palette.background.paper,
    stroke: theme.palette.text.primary,
    strokeWidth: 2,
  },
  name: { fill: theme.palette.text.primary, fontSize: 14 },
  numbers: { fill: theme.palette.text.secondary, fontSize: 12.5 },
  link: {
    '& text:first-of-type': {
      fill: theme.palette.type === 'dark' ? '#8ec5ff' : '#0b5cad',
      textDecoration: 'underline',
    },
    '&:focus-visible rect': { strokeWidth: 3 },
  },
}));

/** Callers, the entity, callees: the picture of the tables below. */
export function DependencyMap(props: {
  title: string;
  inbound: Neighbour[];
  outbound: Neighbour[];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const classes = useStyles();
  const inbound = mostTelling(props.inbound, SHOWN);
  const outbound = mostTelling(props.outbound, SHOWN);
  const hidden =
    props.inbound.length +
    props.outbound.length -
    inbound.length -
    outbound.length;
  const rows = Math.max(inbound.length, outbound.length, 1);
  const height = rows * (BOX.height + BOX.gap) + BOX.gap;
  const focus = {
    left: (WIDTH - FOCUS_WIDTH) / 2,
    right: (WIDTH + FOCUS_WIDTH) / 2,
    middle: height / 2,
  };
  return (
    <>
      <div
        className={classes.scroller}
        role="group"
        aria-label={t('dependencies.map')}
      >
        <svg className={classes.map} viewBox={`0 0 ${WIDTH} ${height}`}>
          {inbound.map((neighbour, index) => {
            const y = rowTop(index, inbound.length, height);
            return (
              <g key={neighbour.id}>
                <EdgeLine
                  neighbour={neighbour}
                  from={{ x: 2 + BOX.width, y: y + BOX.height / 2 }}
                  to={{ x: focus.left, y: focus.middle }}
                />
                <NodeBox x={2} y={y} neighbour={neighbour} />
              </g>
            );
          })}
          {outbound.map((neighbour, index) => {
            const y = rowTop(index, outbound.length, height);
            const x = WIDTH - BOX.width - 2;
            return (
              <g key={neighbour.id}>
                <EdgeLine
                  neighbour={neighbour}
                  from={{ x: focus.right, y: focus.middle }}
                  to={{ x, y: y + BOX.height / 2 }}
                />
                <NodeBox x={x} y={y} neighbour={neighbour} />
              </g>
            );
          })}
          <rect
            x={focus.left}
            y={focus.middle - BOX.height / 2}
            width={FOCUS_WIDTH}
            height={BOX.height}
            rx={6}
            className={classes.focus}
          />
          <text
            x={WIDTH / 2}
            y={focus.middle + 5}
            textAnchor="middle"
            className={classes.name}
            fontWeight={600}
          >
            {shortened(props.title, 22)}
          </text>
        </svg>
      </div>
      <div className={styles.legend}>
        {t('dependencies.legend')}{' '}
        {hidden > 0 &&
          t('dependencies.hidden', {
            count: hidden,
            total: formatCount(hidden),
          })}
      </div>
    </>
  );
}

function NodeBox(props: { x: number; y: number; neighbour: Neighbour }) {
  const classes = useStyles();
  const entityRoute = useRouteRef(entityRouteRef);
  const numbers = useNumbers(props.neighbour);
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
      <text x={props.x + 12} y={props.y + 20} className={classes.name}>
        {shortened(node.name, 32)}
      </text>
      <text x={props.x + 12} y={props.y + 38} className={classes.numbers}>
        {numbers}
      </text>
    </>
  );
  if (!node.entityRef || !entityRoute) {
    return <g>{box}</g>;
  }
  const ref = parseEntityRef(node.entityRef);
  return (
    <Link
      to={entityRoute({ ...ref, kind: ref.kind.toLowerCase() })}
      className={classes.link}
    >
      {box}
    </Link>
  );
}

function EdgeLine(props: { neighbour: Neighbour; from: Point; to: Point }) {
  const colours = useChartColours();
  const { from, to } = props;
  const { edge } = props.neighbour;
  const failing = edge.errorCount >= FAILING_SHARE * edge.callCount;
  const marked = failing && edge.errorCount > 0;
  const middle = (from.x + to.x) / 2;
  return (
    <path
      d={`M${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`}
      fill="none"
      stroke={marked ? colours.error : colours.axis}
      strokeWidth={marked ? 2.5 : 1.5}
      strokeDasharray={isIdle(props.neighbour) ? '4 4' : undefined}
    />
  );
}

/** Calls, errors and latency of an edge in one line. */
function useNumbers(neighbour: Neighbour): string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { edge } = neighbour;
  if (isIdle(neighbour)) {
    return neighbour.traced
      ? t('dependencies.noTraffic')
      : t('dependencies.notTraced');
  }
  return [
    t('overview.calls', {
      count: edge.callCount,
      total: formatCount(edge.callCount),
    }),
    edge.p95Us !== null && `p95 ${formatDuration(edge.p95Us)}`,
    edge.errorCount > 0 &&
      t('dependencies.errorShare', {
        share: formatShare(edge.errorCount, edge.callCount),
      }),
    isUndeclared(neighbour) && t('dependencies.notDeclared'),
  ]
    .filter(Boolean)
    .join(' · ');
}

function rowTop(index: number, count: number, height: number): number {
  const used = count * (BOX.height + BOX.gap) - BOX.gap;
  return (height - used) / 2 + index * (BOX.height + BOX.gap);
}

function shortened(name: string, length: number): string {
  return name.length > length ? `${name.slice(0, length - 1)}…` : name;
}
