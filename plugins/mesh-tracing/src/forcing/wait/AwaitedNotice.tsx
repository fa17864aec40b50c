import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { displayTraceId } from 'backstage-plugin-mesh-tracing-common';
import type { ReactNode } from 'react';
import { describeError } from '../../shared/api/describeError';
import { StateMessage } from '../../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './AwaitedNotice.module.css';
import type { Awaiting } from './useAwaited';

/** How the search for a trace goes, until it is found. */
export function AwaitedNotice(props: {
  traceId: string;
  awaiting: Awaiting<unknown>;
  /** What to say where it was not found in its time. */
  whyNotFound: ReactNode;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { awaited, limitMs, start, cancel } = props.awaiting;
  const id = displayTraceId(props.traceId);
  const again = (
    <Button size="small" variant="secondary" onPress={start}>
      {t('openTrace.again')}
    </Button>
  );
  switch (awaited.state) {
    case 'waiting':
      return (
        <div className={styles.waiting}>
          <span role="status">
            {t('openTrace.waiting', {
              id,
              seconds: secondsOf(awaited.elapsedMs),
              limit: secondsOf(limitMs),
            })}
          </span>
          <Button size="small" variant="tertiary" onPress={cancel}>
            {t('openTrace.cancel')}
          </Button>
        </div>
      );
    case 'settling':
      return (
        <div className={styles.waiting} role="status">
          {t('openTrace.settling')}
        </div>
      );
    case 'not-found':
      return (
        <StateMessage
          kind="empty"
          isAlert
          title={t('openTrace.notFound', {
            id,
            seconds: secondsOf(awaited.elapsedMs),
          })}
          whatToDo={props.whyNotFound}
          action={again}
        />
      );
    case 'failed':
      return (
        <StateMessage
          kind="error"
          title={t('openTrace.failed', { id })}
          action={again}
        >
          {describeError(awaited.error).message}
        </StateMessage>
      );
    default:
      return null;
  }
}

function secondsOf(ms: number): string {
  return String(Math.round(ms / 1_000));
}
