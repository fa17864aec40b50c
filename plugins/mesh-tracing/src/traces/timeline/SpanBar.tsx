import type {
  CriticalPathSegment,
  Span,
} from 'backstage-plugin-mesh-tracing-common';
import styles from './TimelineGrid.module.css';

/** More stretches than this are too fine to see; neighbours are joined. */
const MAX_SEGMENTS = 24;

/** A span's bar; stripes below it mark its part of the critical path. */
export function SpanBar(props: {
  span: Span;
  path?: CriticalPathSegment[];
  /** Of the trace. */
  durationUs: number;
}) {
  const { span, path = [] } = props;
  const total = Math.max(1, props.durationUs);
  const percent = (us: number) => `${(100 * us) / total}%`;
  return (
    <>
      <span
        aria-hidden
        className={styles.bar}
        data-error={span.status === 'error' || undefined}
        style={{
          left: percent(span.offsetUs),
          width: `max(2px, ${percent(span.durationUs)})`,
        }}
      />
      {joined(path).map(({ startUs, endUs }) => (
        <span
          key={startUs}
          aria-hidden
          className={styles.path}
          style={{
            left: percent(startUs),
            width: `max(1px, ${percent(endUs - startUs)})`,
          }}
        />
      ))}
    </>
  );
}

function joined(path: CriticalPathSegment[]): CriticalPathSegment[] {
  if (path.length <= MAX_SEGMENTS) {
    return path;
  }
  const size = Math.ceil(path.length / MAX_SEGMENTS);
  return path.flatMap((segment, index) =>
    index % size === 0
      ? [
          {
            ...segment,
            endUs: (path[Math.min(index + size, path.length) - 1] ?? segment)
              .endUs,
          },
        ]
      : [],
  );
}
