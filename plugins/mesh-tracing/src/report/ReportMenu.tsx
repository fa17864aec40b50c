import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { SampleLevel } from 'backstage-plugin-mesh-tracing-common';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiDownloadLine } from '@remixicon/react';
import { useState } from 'react';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { describeError } from '../shared/api/describeError';
import {
  meshTracingApiRef,
  type ReportFormat,
} from '../shared/api/MeshTracingApi';
import { saveFile } from '../shared/controls/saveFile';
import { useNotify } from '../shared/controls/useNotify';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

const FILES: Record<ReportFormat, { ending: string; type: string }> = {
  markdown: { ending: 'md', type: 'text/markdown' },
  json: { ending: 'json', type: 'application/json' },
};

/** Hands over all that is known of the window as one document. */
export function ReportMenu(props: {
  entityRef: CompoundEntityRef;
  /** How much was read for what the page shows: the report rests on no less. */
  level?: SampleLevel;
}) {
  const { entityRef } = props;
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const notify = useNotify();
  const { window } = useTracingWindow();
  const [isPending, setPending] = useState(false);
  const download = async (format: ReportFormat) => {
    setPending(true);
    try {
      const text = await api.getReport(entityRef, {
        ...window,
        format,
        // A first look is no basis for a document.
        sample: props.level === 'fine' ? 'fine' : 'normal',
      });
      const { ending, type } = FILES[format];
      saveFile(
        new Blob([text], { type }),
        `tracing-${entityRef.name}-${stamp(window.endTimeMs)}.${ending}`,
      );
    } catch (error) {
      notify({
        title: t('report.failed'),
        description: describeError(error).message,
        status: 'danger',
      });
    } finally {
      setPending(false);
    }
  };
  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        isPending={isPending}
        iconStart={<RiDownloadLine aria-hidden />}
      >
        {t('report.download')}
      </Button>
      <Menu placement="bottom end">
        <MenuItem onAction={() => void download('markdown')}>
          {t('report.markdown')}
        </MenuItem>
        <MenuItem onAction={() => void download('json')}>
          {t('report.json')}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
}

/** `20240131-1205`, in UTC. */
function stamp(epochMs: number): string {
  const [date = '', time = ''] = new Date(epochMs).toISOString().split('T');
  return `${date.replace(/-/g, '')}-${time.slice(0, 5).replace(':', '')}`;
}
