import { Button, Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  type ForcingHop,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { StateMessage } from '../../shared/states/StateMessage';
import { freshTraceIds } from './freshTraceIds';
import { HopNotes } from './HopNotes';
import styles from './Recipe.module.css';
import { WrittenRequest } from './WrittenRequest';

/** The request to send, for the hop that the user chooses. */
export function Recipe(props: {
  hops: ForcingHop[];
  onSent: (traceId: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { hops } = props;
  const [key, setKey] = useState(() => keyOf(likeliest(hops)));
  const [ids, setIds] = useState(freshTraceIds);
  const hop = hops.find(each => keyOf(each) === key) ?? hops[0];
  if (!hop) {
    return <StateMessage kind="empty" title={t('traceOne.none')} />;
  }
  return (
    <div className={styles.recipe}>
      <p className={styles.text}>{t('traceOne.intro')}</p>
      <Select
        size="small"
        label={t('traceOne.hop')}
        options={hops.map(each => ({
          value: keyOf(each),
          label: t(`traceOne.hops.${each.kind}`, {
            name: `${each.workload.namespace}/${each.workload.name}`,
          }),
        }))}
        selectedKey={keyOf(hop)}
        onSelectionChange={next => setKey(String(next))}
      />
      {hop.headers ? (
        <>
          <WrittenRequest
            key={keyOf(hop)}
            hop={hop}
            headers={hop.headers}
            ids={ids}
          />
          <HopNotes hop={hop} />
          <div className={styles.actions}>
            <Button
              size="small"
              variant="tertiary"
              onPress={() => setIds(freshTraceIds())}
            >
              {t('traceOne.newId')}
            </Button>
            <Button size="small" onPress={() => props.onSent(ids.traceId)}>
              {t('traceOne.sent')}
            </Button>
          </div>
        </>
      ) : (
        <StateMessage kind="empty" title={t('traceOne.refused')}>
          {t(`traceOne.refusals.${hop.refusal ?? 'no-proxy'}`)}
        </StateMessage>
      )}
    </div>
  );
}

/** The first where something works. */
function likeliest(hops: ForcingHop[]): ForcingHop | undefined {
  return hops.find(({ headers }) => headers !== null) ?? hops[0];
}

function keyOf(hop: ForcingHop | undefined): string {
  return hop ? `${hop.kind} ${formatWorkloadRef(hop.workload)}` : '';
}
