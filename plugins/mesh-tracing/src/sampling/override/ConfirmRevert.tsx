import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { OverrideView } from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { READABLE } from '../../shared/layout/readable';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './OverrideCard.module.css';

/** Asks before an override is taken away, and why. */
export function ConfirmRevert(props: {
  override: OverrideView;
  cluster: string;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [reason, setReason] = useState('');
  const { namespace, scope = 'workload' } = props.override;
  const texts = {
    workload: {
      title: t('override.confirmTitle'),
      body: t('override.confirm'),
    },
    namespace: {
      title: t('override.confirmTitleNamespace', { name: namespace }),
      body: t('override.confirmNamespace', { name: namespace }),
    },
    mesh: {
      title: t('override.confirmTitleMesh', { name: props.cluster }),
      body: t('override.confirmMesh', { name: props.cluster }),
    },
  }[scope];
  return (
    <Dialog
      className={READABLE}
      isOpen
      onOpenChange={open => !open && props.onClose()}
      width={460}
    >
      <DialogHeader>{texts.title}</DialogHeader>
      <DialogBody>
        <p className={styles.confirm}>{texts.body}</p>
        <TextField
          label={t('form.reason')}
          secondaryLabel={t('form.optional')}
          value={reason}
          maxLength={1000}
          onChange={setReason}
        />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={props.onClose}>
          {t('common.cancel')}
        </Button>
        <Button destructive onPress={() => props.onConfirm(reason)}>
          {t('override.revert')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
