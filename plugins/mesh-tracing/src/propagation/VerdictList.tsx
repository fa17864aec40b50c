import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiCheckboxCircleFill,
  RiErrorWarningFill,
  RiQuestionFill,
  RiAlertFill,
} from '@remixicon/react';
import type { PropagationResponse } from 'backstage-plugin-mesh-tracing-common';
import { FigureNote } from '../shared/figures/FigureTable';
import { formatCount } from '../shared/figures/format';
import { formatShareBounds } from '../shared/sample/estimates';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './PropagationPanel.module.css';
import { useVerdictText } from './useVerdictText';

type Judged = PropagationResponse['workloads'][number];

const ICONS = {
  good: { Icon: RiCheckboxCircleFill, colour: 'var(--bui-fg-positive)' },
  broken: { Icon: RiErrorWarningFill, colour: 'var(--bui-fg-negative)' },
  doubtful: { Icon: RiAlertFill, colour: 'var(--bui-fg-warning)' },
  unknown: { Icon: RiQuestionFill, colour: 'var(--bui-fg-secondary)' },
};

/** One plain sentence for each workload. */
export function VerdictList({ response }: { response: PropagationResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const verdictText = useVerdictText();
  return (
    <ul className={styles.verdicts} aria-label={t('propagation.verdicts')}>
      {response.workloads.map(one => {
        const { Icon, colour } = ICONS[one.verdict];
        const { cluster, namespace, name } = one.workload;
        return (
          <li
            key={`${cluster} ${namespace} ${name}`}
            className={styles.verdict}
            data-verdict={one.verdict}
          >
            <Icon aria-hidden size={20} style={{ color: colour }} />
            <div>
              {verdictText(one)}
              <Notes judged={one} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** How surely, and what else there is. */
function Notes({ judged }: { judged: Judged }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { shareBounds, share, kinds, otherCount } = judged;
  const bounds = share === null ? '' : formatShareBounds(shareBounds);
  const purpose =
    kinds.find(({ kind }) => kind === 'new-trace-on-purpose')?.count ?? 0;
  const notes = [
    bounds && t('propagation.range', { bounds }),
    purpose > 0 &&
      t('propagation.purpose', { count: purpose, total: formatCount(purpose) }),
    otherCount > 0 &&
      t('propagation.other', {
        count: otherCount,
        total: formatCount(otherCount),
      }),
  ].filter(Boolean);
  return notes.length > 0 ? <FigureNote>{notes.join(' ')}</FigureNote> : null;
}
