import {
  Button,
  ButtonIcon,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiPauseLine, RiPlayLine, RiRefreshLine } from '@remixicon/react';
import { useState } from 'react';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { DateTimeField } from '../shared/controls/DateTimeField';
import { formatDateTime } from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './TimeRangeControl.module.css';

const CUSTOM = 'custom';

/** Chooses the window, refreshes, and pauses refreshing. */
export function TimeRangeControl() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { update } = useTracingUrl();
  const { range, window, autoRefresh, refresh, setAutoRefresh } =
    useTracingWindow();
  const [editing, setEditing] = useState(false);
  const fixed = range.kind === 'fixed';
  return (
    <div className={styles.control}>
      <Select
        size="small"
        aria-label={t('timeRange.label')}
        className={styles.select}
        options={[
          { value: '15m', label: t('timeRange.15m') },
          { value: '1h', label: t('timeRange.1h') },
          { value: '6h', label: t('timeRange.6h') },
          { value: '24h', label: t('timeRange.24h') },
          {
            value: CUSTOM,
            label: fixed
              ? t('timeRange.fixed', {
                  from: formatDateTime(window.startTimeMs),
                  to: formatDateTime(window.endTimeMs),
                })
              : t('timeRange.custom'),
          },
        ]}
        selectedKey={range.kind === 'fixed' ? CUSTOM : range.range}
        onSelectionChange={key => {
          if (key === CUSTOM) {
            setEditing(true);
          } else {
            update({ range: String(key), from: undefined, to: undefined });
          }
        }}
      />
      {fixed && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setEditing(true)}
        >
          {t('timeRange.edit')}
        </Button>
      )}
      <TooltipTrigger>
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={t('timeRange.refresh')}
          icon={<RiRefreshLine aria-hidden />}
          onPress={refresh}
        />
        <Tooltip>{t('timeRange.refresh')}</Tooltip>
      </TooltipTrigger>
      <Button
        size="small"
        variant="secondary"
        isDisabled={fixed}
        iconStart={
          autoRefresh ? <RiPauseLine aria-hidden /> : <RiPlayLine aria-hidden />
        }
        onPress={() => setAutoRefresh(!autoRefresh)}
      >
        {autoRefresh ? t('timeRange.pause') : t('timeRange.resume')}
      </Button>
      {editing && <CustomRange onClose={() => setEditing(false)} />}
    </div>
  );
}

function CustomRange({ onClose }: { onClose: () => void }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { update } = useTracingUrl();
  const { window } = useTracingWindow();
  const [from, setFrom] = useState<number | undefined>(window.startTimeMs);
  const [to, setTo] = useState<number | undefined>(window.endTimeMs);
  const valid = from !== undefined && to !== undefined && from < to;
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={420}>
      <DialogHeader>{t('timeRange.custom')}</DialogHeader>
      <DialogBody>
        <div className={styles.fields}>
          <DateTimeField
            label={t('timeRange.from')}
            valueMs={from}
            onChange={setFrom}
          />
          <DateTimeField
            label={t('timeRange.to')}
            valueMs={to}
            onChange={setTo}
            error={valid ? undefined : t('timeRange.invalid')}
          />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          isDisabled={!valid}
          onPress={() => {
            update({ from: String(from), to: String(to), range: undefined });
            onClose();
          }}
        >
          {t('timeRange.show')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
