import { makeStyles, useTheme } from '@material-ui/core/styles';

/** Colours of charts, from the app's theme. */
export function useChartColours() {
  const { palette } = useTheme();
  const dark = palette.type === 'dark';
  return {
    grid: palette.divider,
    axis: palette.text.disabled,
    text: palette.text.primary,
    tick: { fill: palette.text.secondary, fontSize: 11 },
    primary: dark ? '#6cb4ff' : '#1668b8',
    secondary: dark ? '#e2b05e' : '#a45f00',
    muted: dark ? '#6d6d6d' : '#c4c4c4',
    error: dark ? '#ff7a66' : '#c62d12',
  };
}

const useStyles = makeStyles(theme => ({
  tooltip: {
    padding: theme.spacing(1, 1.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    fontSize: 12,
    lineHeight: 1.5,
    boxShadow: theme.shadows[2],
    maxWidth: 320,
  },
  title: { fontWeight: 600, overflowWrap: 'anywhere' },
}));

/** What a chart says about the point below the pointer. */
export function ChartTooltip(props: {
  title: string;
  lines: Array<[label: string, value: string]>;
}) {
  const classes = useStyles();
  return (
    <div className={classes.tooltip}>
      <div className={classes.title}>{props.title}</div>
      {props.lines.map(([label, value]) => (
        <div key={label}>
          {label}: {value}
        </div>
      ))}
    </div>
  );
}
