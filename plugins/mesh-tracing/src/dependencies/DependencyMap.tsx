import { makeStyles } from '@material-ui/core/styles';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isRefusal } from 'backstage-plugin-mesh-tracing-common';
import { Link } from 'react-router-dom';
import { useChartColours } from '../shared/charts/chartColours';
import {
  formatCount,
  formatDuration,
  formatShare,
} from '../shared/figures/format';
import { useElementWidth } from '../shared/layout/useElementWidth';
import { useEntityPage } from '../shared/names/useEntityPage';
import { useAboutText } from '../shared/sample/useAboutText';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './DependenciesView.module.css';
import { edgePath, mapLayout, type MapBox, type MapLayout } from './mapLayout';
import { mostTelling } from './mostTelling';
import { isIdle, isUndeclared, namesOf, type Neighbour } from './neighbourhood';

/** Callers, and as many callees. */
const SHOWN = 8;
/** About the width of a character in the name of a box, CSS pixels. */
const CHARACTER_WIDTH = 7.4;
/** Width of the map until that of its place has been measured, CSS pixels. */
const USUAL_WIDTH = 920;
/** Share of failed calls from which a line is drawn as failing. */
const FAILING_SHARE = 0.05;

const useStyles = makeStyles(theme => ({
  map: { display: 'block', maxWidth: '100%' },
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
  const [ref, width = USUAL_WIDTH] = useElementWidth();
  const layout = mapLayout(width, inbound.length, outbound.length);
  const { focus } = layout;
  const sides = [
    { neighbours: inbound, boxes: layout.inbound },
    { neighbours: outbound, boxes: layout.outbound },
  ];
  return (
    <>
      <div ref={ref} role="group" aria-label={t('dependencies.map')}>
        <svg className={classes.map} width={width} height={layout.height}>
          {sides.flatMap(({ neighbours, boxes }) =>
            neighbours.map((neighbour, index) => (
              <EdgeLine
                key={neighbour.id}
                neighbour={neighbour}
                box={boxes[index] ?? focus}
                layout={layout}
              />
            )),
          )}
          {sides.flatMap(({ neighbours, boxes }) =>
            neighbours.map((neighbour, index) => (
              <NodeBox
                key={neighbour.id}
                neighbour={neighbour}
                box={boxes[index] ?? focus}
              />
            )),
          )}
          <rect {...focus} rx={6} className={classes.focus} />
          <text
            x={focus.x + focus.width / 2}
            y={focus.y + focus.height / 2 + 5}
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

function NodeBox(props: { box: MapBox; neighbour: Neighbour }) {
  const classes = useStyles();
  const pageOf = useEntityPage();
  const numbers = useNumbers(props.neighbour);
  const { node } = props.neighbour;
  const names = namesOf(node);
  const { x, y, width, height } = props.box;
  const box = (
    <>
      <title>{`${names}: ${numbers}`}</title>
      <rect
        {...props.box}
        rx={6}
        className={classes.box}
        strokeDasharray={node.kind === 'external' ? '4 3' : undefined}
      />
      {/* Clips what is longer than the box. */}
      <svg x={x + 12} y={y} width={width - 20} height={height}>
        <text y={20} className={classes.name}>
          {shortened(names, Math.floor((width - 20) / CHARACTER_WIDTH))}
        </text>
        <text y={38} className={classes.numbers}>
          {numbers}
        </text>
      </svg>
    </>
  );
  const page = node.entityRef && pageOf(node.entityRef);
  if (!page) {
    return <g>{box}</g>;
  }
  return (
    <Link to={page} className={classes.link}>
      {box}
    </Link>
  );
}

function EdgeLine(props: {
  neighbour: Neighbour;
  box: MapBox;
  layout: MapLayout;
}) {
  const colours = useChartColours();
  const { edge } = props.neighbour;
  const { failures = [], errorCount, callCount } = edge;
  const isRefused = failures.length > 0 && failures.every(isRefusal);
  const marked =
    errorCount > 0 && !isRefused && errorCount >= FAILING_SHARE * callCount;
  return (
    <path
      d={edgePath(props.layout, props.box)}
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
  const aboutText = useAboutText();
  const { edge } = neighbour;
  if (isIdle(neighbour)) {
    return neighbour.traced
      ? t('dependencies.noTraffic')
      : t('dependencies.notTraced');
  }
  return [
    t('overview.calls', {
      count: edge.callCount,
      total: aboutText(
        edge.callCount,
        neighbour.isEstimate,
        edge.estimate?.count,
      ),
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

function shortened(name: string, length: number): string {
  return name.length > length ? `${name.slice(0, length - 1)}…` : name;
}
