import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiAlarmWarningLine } from '@remixicon/react';
import { Suspense, useId, useState, type ReactNode } from 'react';
import { LoadingLines } from '../shared/states/Loaded';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './alerts.module.css';

/** A button that opens and closes the panel of alert rules, which is loaded then. */
export function AlertsOnDemand({ children }: { children: ReactNode }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <div className={styles.end}>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiAlarmWarningLine aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onPress={() => setOpen(!isOpen)}
        >
          {t('alerts.open')}
        </Button>
      </div>
      {isOpen && (
        <div id={id}>
          <Suspense fallback={<LoadingLines lines={6} />}>{children}</Suspense>
        </div>
      )}
    </>
  );
}
