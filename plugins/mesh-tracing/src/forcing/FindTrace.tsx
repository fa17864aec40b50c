import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Box } from '@backstage/ui';
import { useState } from 'react';
import { DiagnosisHint } from '../diagnosis';
import styles from './FindTrace.module.css';
import { TraceOneButton } from './request/TraceOneButton';
import { TraceIdField } from './TraceIdField';
import { AwaitedNotice } from './wait/AwaitedNotice';
import type { AwaitTiming } from './wait/useAwaited';
import { useAwaitedTrace } from './wait/useAwaitedTrace';

/**
 * Opens a trace of the entity by its id, whether it is there or yet to arrive, and
 * tells how to have one made.
 */
export function FindTrace(props: {
  entityRef: CompoundEntityRef;
  /** A minute with growing pauses when absent. */
  timing?: AwaitTiming;
}) {
  const { entityRef } = props;
  const [isAsking, setAsking] = useState(false);
  const {
    traceId,
    awaiting,
    await: awaitTrace,
  } = useAwaitedTrace(entityRef, props.timing);
  const { state } = awaiting.awaited;
  return (
    <Box bg="neutral" className={styles.box}>
      <div className={styles.row}>
        <TraceIdField
          isBusy={state === 'waiting' || state === 'settling'}
          onOpen={awaitTrace}
        />
        <TraceOneButton
          entityRef={entityRef}
          isOpen={isAsking}
          onOpenChange={setAsking}
          onSent={id => {
            setAsking(false);
            awaitTrace(id);
          }}
        />
      </div>
      {traceId !== undefined && (
        <AwaitedNotice
          traceId={traceId}
          awaiting={awaiting}
          whyNotFound={<DiagnosisHint />}
        />
      )}
    </Box>
  );
}
