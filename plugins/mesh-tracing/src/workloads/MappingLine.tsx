import { Button, Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  type BindingView,
  type WorkloadsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { READABLE } from '../shared/layout/readable';
import { FindingList } from '../shared/notes/FindingList';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { ErrorState } from '../shared/states/ErrorState';
import { StateMessage } from '../shared/states/StateMessage';
import type { Load } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { BindingNote } from './BindingNote';
import styles from './MappingLine.module.css';

/** By which rule the workloads were found; the names tried are one click away. */
export function MappingLine(props: { workloads: Load<WorkloadsResponse> }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [open, setOpen] = useState(false);
  const { value, error, loading, retry } = props.workloads;
  if (!value) {
    return error !== undefined && !loading ? (
      <ErrorState error={error} onRetry={retry} />
    ) : (
      <div className={styles.line}>{t('mapping.loading')}</div>
    );
  }
  return (
    <div className={styles.line}>
      <span>{value.explanation}</span>
      <NotHeld bindings={value.bindings ?? []} />
      <Button size="small" variant="tertiary" onPress={() => setOpen(true)}>
        {t('mapping.details')}
      </Button>
      {open && <MappingDialog mapping={value} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Workloads that the entity leads to and does not stand for. */
function NotHeld({ bindings }: { bindings: BindingView[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const texts = bindings.flatMap(({ state, workload: { name } }) =>
    state === 'holds' ? [] : [t(`binding.${state}`, { name })],
  );
  return texts.length === 0 ? null : (
    <span className={styles.notHeld}>
      <SeverityIcon severity="warning" size={16} />
      {texts.join('; ')}
    </span>
  );
}

function MappingDialog(props: {
  mapping: WorkloadsResponse;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { mapping } = props;
  return (
    <Dialog
      className={READABLE}
      isOpen
      onOpenChange={open => !open && props.onClose()}
      width={640}
    >
      <DialogHeader>{t('mapping.title')}</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <p>{mapping.explanation}</p>
          <h3>{t('mapping.workloads')}</h3>
          {mapping.workloads.length === 0 && (
            <StateMessage kind="empty" title={t('mapping.noWorkloads')} />
          )}
          <ul>
            {mapping.workloads.map(workload => (
              <li key={formatWorkloadRef(workload)}>
                <code>{formatWorkloadRef(workload)}</code>{' '}
                {t('mapping.pods', {
                  ready: String(workload.readyPodCount),
                  total: String(workload.podCount),
                })}
              </li>
            ))}
          </ul>
          {(mapping.findings ?? []).length > 0 && (
            <FindingList findings={mapping.findings ?? []} />
          )}
          {(mapping.bindings ?? []).length > 0 && <h3>{t('binding.title')}</h3>}
          {mapping.bindings?.map(binding => (
            <BindingNote
              key={formatWorkloadRef(binding.workload)}
              binding={binding}
            />
          ))}
          <h3>{t('mapping.names', { store: mapping.traceStore ?? '–' })}</h3>
          <ul>
            {mapping.traceServiceNames.map(name => (
              <li key={name.name}>
                <code>{name.name}</code> {name.reason}{' '}
                {name.withheld ? (
                  <strong>{t('binding.withheld')}</strong>
                ) : (
                  <Found found={name.found} />
                )}
              </li>
            ))}
          </ul>
        </div>
      </DialogBody>
    </Dialog>
  );
}

function Found({ found }: { found: boolean | null }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (found === null) {
    return <>{t('mapping.unknown')}</>;
  }
  return <strong>{found ? t('mapping.found') : t('mapping.notFound')}</strong>;
}
