import { ButtonIcon, Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiCloseLine } from '@remixicon/react';
import {
  describeResponseFlags,
  errorMessage,
  type Span,
} from 'backstage-plugin-mesh-tracing-common';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { CopyButton } from '../../shared/controls/CopyButton';
import { formatDuration } from '../../shared/figures/format';
import { ServiceLabel } from '../../shared/names/ServiceLabel';
import { SeverityIcon } from '../../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import {
  pathTimeUs,
  type HiddenSide,
  type TimelineModel,
} from '../timeline/timelineModel';
import { AttributeTable } from './AttributeTable';
import styles from './SpanDetail.module.css';

/** Everything that is known of one span. */
export function SpanDetail(props: {
  model: TimelineModel;
  span: Span;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { span, model } = props;
  return (
    <section className={styles.detail} aria-label={t('span.title')}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h3 className={styles.operation}>{span.operation}</h3>
          <ServiceLabel name={span.service} />
        </div>
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={t('span.close')}
          icon={<RiCloseLine aria-hidden />}
          onPress={props.onClose}
        />
      </header>
      <Facts model={model} span={span} />
      {span.redacted && (
        <div className={styles.warning}>
          <SeverityIcon severity="info" />
          {t('span.redacted')}
        </div>
      )}
      {span.status === 'error' && <Failure span={span} />}
      {span.warnings.map(warning => (
        <div key={warning} className={styles.warning}>
          <SeverityIcon severity="warning" />
          {warning}
        </div>
      ))}
      <AttributeTable
        title={t('span.attributes')}
        attributes={span.attributes}
      />
      <Events span={span} />
      <Links span={span} traceId={model.trace.traceId} />
      <AttributeTable title={t('span.resource')} attributes={span.resource} />
      <OtherSide side={model.hiddenSides.get(span.spanId)} />
    </section>
  );
}

/** What the span says of its failure, and what its proxy says. */
function Failure({ span }: { span: Span }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const message = errorMessage(span);
  const { response_flags: flags } = span.attributes;
  const reason = [flags].flat().map(String).join(',');
  const texts = [
    message,
    flags === undefined ? undefined : describeResponseFlags(reason),
  ].filter(Boolean);
  return (
    <div className={styles.warning}>
      <SeverityIcon severity="error" />
      {texts.length > 0
        ? t('span.failedWith', { message: texts.join('; ') })
        : t('span.failed')}
    </div>
  );
}

/** The called proxy's span, where both are one row. */
function OtherSide({ side }: { side?: HiddenSide }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (!side) {
    return null;
  }
  return (
    <div>
      <h4 className={styles.part}>
        {t('span.otherSide', { service: side.span.service })}
      </h4>
      <p className={styles.note}>
        {t('span.otherSideNote', {
          operation: side.span.operation,
          duration: formatDuration(side.span.durationUs),
          network: formatDuration(side.networkUs),
        })}
      </p>
      <AttributeTable
        title={t('span.attributes')}
        attributes={side.span.attributes}
      />
      <AttributeTable
        title={t('span.resource')}
        attributes={side.span.resource}
      />
    </div>
  );
}

function Facts({ model, span }: { model: TimelineModel; span: Span }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const path = model.pathOf.get(span.spanId);
  const timesOfWhole: Array<[string, string]> = [
    [t('span.selfTime'), formatDuration(model.selfUs.get(span.spanId) ?? 0)],
    [
      t('span.criticalPath'),
      path ? formatDuration(pathTimeUs(path)) : t('span.notOnPath'),
    ],
  ];
  const facts: Array<[string, string]> = [
    [t('span.start'), formatDuration(span.offsetUs)],
    [t('span.duration'), formatDuration(span.durationUs)],
    ...(model.isWhole ? timesOfWhole : []),
    [t('span.kind'), span.kind],
    [t('span.status'), span.status],
    ...(span.scope
      ? [
          [
            t('span.scope'),
            [span.scope.name, span.scope.version].filter(Boolean).join(' '),
          ] as [string, string],
        ]
      : []),
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t('span.id')}</dt>
        <dd className={styles.id}>
          <code>{span.spanId}</code>
          <CopyButton text={span.spanId} label={t('span.copyId')} />
        </dd>
      </div>
    </dl>
  );
}

function Events({ span }: { span: Span }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return span.events.length === 0 ? null : (
    <div>
      <h4 className={styles.part}>{t('span.events')}</h4>
      {span.events.map((event, index) => (
        <AttributeTable
          key={index}
          title={t('span.event', {
            name: event.name,
            at: formatDuration(event.offsetUs),
          })}
          attributes={event.attributes}
        />
      ))}
    </div>
  );
}

/** Spans that the span names besides its parent, of this trace or of another. */
function Links(props: { span: Span; traceId: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const { links } = props.span;
  return links.length === 0 ? null : (
    <div>
      <h4 className={styles.part}>{t('span.links')}</h4>
      <ul className={styles.links}>
        {links.map(link => (
          <li key={`${link.traceId} ${link.spanId}`}>
            <Link
              href={href({ trace: link.traceId, span: link.spanId })}
              variant="body-small"
            >
              {link.traceId === props.traceId
                ? t('span.linkHere', { span: link.spanId })
                : t('span.linkOther', {
                    trace: link.traceId,
                    span: link.spanId,
                  })}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
