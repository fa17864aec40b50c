import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbid2Line,
  RiSubtractLine,
} from '@remixicon/react';
import type { YamlVerdict } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './YamlResult.module.css';

const ICONS = {
  works: { Icon: RiCheckboxCircleFill, colour: 'var(--bui-fg-positive)' },
  'no-effect': { Icon: RiSubtractLine, colour: 'var(--bui-fg-secondary)' },
  ignored: { Icon: RiForbid2Line, colour: 'var(--bui-fg-warning)' },
  'cannot-work': { Icon: RiAlertFill, colour: 'var(--bui-fg-negative)' },
  refused: { Icon: RiCloseCircleFill, colour: 'var(--bui-fg-negative)' },
};

/** What becomes of a document, as an icon and in words. */
export function Verdict({ verdict }: { verdict: YamlVerdict }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { Icon, colour } = ICONS[verdict];
  return (
    <span className={styles.verdict}>
      <Icon aria-hidden size={18} style={{ color: colour, flex: 'none' }} />
      {t(`yamlCheck.verdicts.${verdict}`)}
    </span>
  );
}
