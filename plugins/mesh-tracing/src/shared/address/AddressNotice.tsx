import { Alert } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';

/** Says what of the address means nothing, and what is shown instead. */
export function AddressNotice(props: {
  /** `false` for what is in order. */
  sentences: Array<string | false>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const sentences = props.sentences.filter(sentence => sentence !== false);
  return sentences.length === 0 ? null : (
    <Alert
      status="warning"
      icon
      title={t('address.title')}
      description={sentences.join(' ')}
    />
  );
}
