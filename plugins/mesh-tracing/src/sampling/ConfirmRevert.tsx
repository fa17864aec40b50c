import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { READABLE } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './OverrideCard.module.css';

/** Asks before an override is taken away, and why. */
export function ConfirmRevert(props: {
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [reason, setReason] = useState('');
  return (
    <Dialog
      className={READABLE}
      isOpen
      onOpenChange={open => !open && props.onClose()}
      width={460}
    >
      <DialogHeader>{t('override.confirmTitle')}</DialogHeader>
      <DialogBody>
        <p className={styles.confirm}>{t('override.confirm')}</p>
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
