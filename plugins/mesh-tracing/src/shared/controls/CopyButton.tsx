import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';

/** Copies a text and says so. */
export function CopyButton(props: { text: string; label: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [, copy] = useCopyToClipboard();
  const [copied, setCopied] = useState(false);
  return (
    <TooltipTrigger>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={props.label}
        icon={
          copied ? <RiCheckLine aria-hidden /> : <RiFileCopyLine aria-hidden />
        }
        onPress={() => {
          copy(props.text);
          setCopied(true);
        }}
      />
      <Tooltip>{copied ? t('common.copied') : props.label}</Tooltip>
    </TooltipTrigger>
  );
}
