import { ButtonLink, Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiExternalLinkLine } from '@remixicon/react';
import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { formatDuration, formatTime } from '../../shared/figures/format';
import { ServiceLabel } from '../../shared/names/ServiceLabel';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { TraceRow } from './sortTraces';
import styles from './TraceTable.module.css';

/** Services named in a row; the others are counted. */
const SERVICES_SHOWN = 2;

/** A real link, so that it opens in a new tab and its address can be copied. */
export function OperationCell(props: { row: TraceRow; hasStart: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const { row } = props;
  return (
    <>
      <div className={styles.operation}>
        <Link href={href({ trace: row.traceId })} variant="body-small">
          {row.rootOperation ?? row.earliestOperation ?? t('traces.noRoot')}
        </Link>
      </div>
      <div className={styles.service}>
        <ServiceLabel
          name={row.rootService ?? row.earliestService ?? '–'}
          note={row.earliestService ? t('traces.noRootShort') : undefined}
        />
      </div>
      {props.hasStart && (
        <div className={styles.service}>{formatTime(row.startTimeMs)}</div>
      )}
    </>
  );
}

/** Opens the trace in the store's own page. */
export function StoreCell(props: { row: TraceRow; template: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { row, template } = props;
  return (
    <ButtonLink
      size="small"
      variant="tertiary"
      href={template.replace('{traceId}', encodeURIComponent(row.traceId))}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('traces.openInStore', {
        name: row.rootOperation ?? row.traceId,
        at: formatTime(row.startTimeMs),
      })}
      iconEnd={<RiExternalLinkLine aria-hidden />}
    />
  );
}

/** A duration, with a bar beside those of the other traces. */
export function DurationCell(props: { durationUs: number; maxUs: number }) {
  const share = (100 * props.durationUs) / props.maxUs;
  return (
    <div className={styles.duration}>
      <span>{formatDuration(props.durationUs)}</span>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={{ width: `${share}%` }} />
      </span>
    </div>
  );
}

/** The first services of a trace, and how many more there are. */
export function ServicesCell({
  services,
}: {
  services: TraceSummary['services'];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const rest = services.length - SERVICES_SHOWN;
  return (
    <div
      className={styles.services}
      title={services.map(service => service.name).join(', ')}
    >
      <div className={styles.names}>
        {services.slice(0, SERVICES_SHOWN).map(service => (
          <ServiceLabel key={service.name} name={service.name} />
        ))}
      </div>
      {rest > 0 && (
        <span>{t('traces.moreServices', { total: String(rest) })}</span>
      )}
    </div>
  );
}
