import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    width: sidebarConfig.drawerWidthClosed,
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    marginBottom: -14,
  },
  link: {
    marginLeft: 22,
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    whiteSpace: 'nowrap',
    color: '#fff',
    fontSize: 18,
    fontWeight: 600,
  },
  bar: { fill: '#7df3e1' },
});

/** Three spans, each waiting for the next: the sign of a trace. */
const SpansIcon = ({ className }: { className: string }) => (
  <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <rect className={className} x="1" y="4" width="26" height="5" rx="2.5" />
    <rect className={className} x="6" y="12" width="15" height="5" rx="2.5" />
    <rect className={className} x="12" y="20" width="8" height="5" rx="2.5" />
  </svg>
);

export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link to="/" underline="none" className={classes.link} aria-label="Home">
        <SpansIcon className={classes.bar} />
        {isOpen && <span>Mesh Tracing</span>}
      </Link>
    </div>
  );
};
