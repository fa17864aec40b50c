import { Button, VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../figures/format';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { ErrorState } from './ErrorState';
import styles from './LoadOlder.module.css';

/**
 * The way from the newest rows to older ones. What came is announced once; when
 * nothing older is left, the focus of the button goes to where that is said.
 */
export function LoadOlder(props: {
  label: string;
  /** How many rows are shown. */
  count: number;
  loading: boolean;
  error?: unknown;
  /** Absent when there is nothing older. */
  onLoad?: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { count, loading, error, onLoad } = props;
  const asked = useRef<number>();
  const end = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState<number>();
  useEffect(() => {
    if (loading || asked.current === undefined) {
      return;
    }
    if (error === undefined) {
      // A refresh meanwhile may have left fewer rows than there were.
      setAdded(Math.max(0, count - asked.current));
    }
    asked.current = undefined;
  }, [loading, error, count]);
  const isAtEnd = added !== undefined && !onLoad;
  useEffect(() => {
    if (isAtEnd && document.activeElement === document.body) {
      end.current?.focus();
    }
  }, [isAtEnd]);

  const load = () => {
    asked.current = count;
    setAdded(undefined);
    onLoad?.();
  };
  return (
    <>
      {error !== undefined && <ErrorState error={error} />}
      <VisuallyHidden role="status">
        {added !== undefined &&
          t('older.added', { count: added, total: formatCount(added) })}
      </VisuallyHidden>
      {onLoad && (
        <div className={styles.older}>
          <Button
            size="small"
            variant="secondary"
            isPending={loading}
            onPress={load}
          >
            {props.label}
          </Button>
        </div>
      )}
      {isAtEnd && (
        <div ref={end} tabIndex={-1} className={styles.older}>
          {t('older.end')}
        </div>
      )}
    </>
  );
}
