import { Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { CodeBlock } from '../../shared/controls/CodeBlock';
import { LinkButton } from '../../shared/controls/LinkButton';
import { READABLE } from '../../shared/layout/readable';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** Name of a Telemetry; opens its YAML when the answer holds it. */
export function ResourceLink(props: { name: string; yaml?: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [open, setOpen] = useState(false);
  if (props.yaml === undefined) {
    return <span>{props.name}</span>;
  }
  return (
    <>
      <LinkButton
        label={t('resource.show', { name: props.name })}
        onClick={() => setOpen(true)}
      >
        {props.name}
      </LinkButton>
      <Dialog
        className={READABLE}
        isOpen={open}
        onOpenChange={setOpen}
        width={720}
      >
        <DialogHeader>{t('resource.title', { name: props.name })}</DialogHeader>
        <DialogBody>
          <CodeBlock text={props.yaml} copyLabel={t('resource.copy')} />
        </DialogBody>
      </Dialog>
    </>
  );
}
