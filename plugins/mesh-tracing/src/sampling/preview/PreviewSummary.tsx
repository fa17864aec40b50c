import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { decidingSide } from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { formatDateTime, formatPercent } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { changedFields, useFieldNames } from '../../tracing';
import { contentOfRequest, settingsOf } from '../draft/overrideContent';
import { useContentNames } from '../draft/useContentNames';
import styles from './PreviewPanel.module.css';

/** The change in one line: what, for whom, until when. */
export function PreviewSummary(props: {
  request: OverrideRequest;
  preview: PreviewResponse;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { request, preview } = props;
  const names = useFieldNames();
  const contentNames = useContentNames();
  const { scope = 'workload', workload, expiresAt } = request;
  const { reach } = preview;
  // One of many does not stand for all of them.
  const [target] = reach ? [] : preview.changes;
  const fields = target ? changedFields(target.before, target.after) : [];
  const others = preview.changes.filter(({ intended }) => !intended).length;
  const scopes = {
    workload: t('summary.workload'),
    namespace: t('summary.namespace', { name: workload.namespace }),
    mesh: t('summary.mesh', { name: workload.cluster }),
  };
  const parts = [
    ...(reach ? requestedTexts() : []),
    target && samplingText(target, fields.includes('samplingPercent')),
    ...fields
      .filter(field => field !== 'samplingPercent')
      .map(field => names[field]),
    scopes[scope],
    reach &&
      t('summary.reach', {
        count: reach.workloads,
        changed: String(reach.changed),
        total: String(reach.workloads),
      }),
    others > 0 && t('summary.others', { count: others, total: String(others) }),
    expiresAt === null
      ? t('override.permanent')
      : t('summary.until', { at: formatDateTime(Date.parse(expiresAt)) }),
  ];
  return <p className={styles.sentence}>{parts.filter(Boolean).join(', ')}</p>;

  function requestedTexts(): string[] {
    const { samplingPercent } = request;
    return [
      ...(samplingPercent === null
        ? []
        : [
            t('summary.requested', { percent: formatPercent(samplingPercent) }),
          ]),
      ...settingsOf(contentOfRequest(request)).map(
        field => contentNames[field],
      ),
    ];
  }

  function samplingText(
    { before, after }: PreviewResponse['changes'][number],
    changes: boolean,
  ): string | undefined {
    const [was, is] = [before, after].map(
      effective => decidingSide(effective)?.samplingPercent.value,
    );
    if (was === undefined || is === undefined) {
      return undefined;
    }
    return changes
      ? `${formatPercent(was)} → ${formatPercent(is)}`
      : t('summary.sampling', { percent: formatPercent(is) });
  }
}
