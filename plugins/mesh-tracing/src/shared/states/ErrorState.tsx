import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { describeError, type DescribedError } from '../api/describeError';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { StateMessage } from './StateMessage';

/** A failed request: which system, what happened, what to do, and a retry. */
export function ErrorState(props: {
  error: unknown;
  /** True where a change was asked for, not a look. */
  isWrite?: boolean;
  onRetry?: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const described = describeError(props.error);
  if (described.status === 403) {
    return (
      <StateMessage
        kind="forbidden"
        isAlert={props.isWrite}
        title={t(props.isWrite ? 'states.refused' : 'states.forbidden')}
        whatToDo={described.details?.whatToDo ?? t('states.forbiddenWhatToDo')}
      >
        {described.message}
      </StateMessage>
    );
  }
  return (
    <StateMessage
      kind="error"
      title={t(titleKey(described), {
        name: described.details?.systemName ?? '',
      })}
      whatToDo={described.details?.whatToDo ?? t('states.errorWhatToDo')}
      action={
        props.onRetry && (
          <Button size="small" variant="secondary" onPress={props.onRetry}>
            {t('states.retry')}
          </Button>
        )
      }
    >
      {described.message}
    </StateMessage>
  );
}

function titleKey({ details, status }: DescribedError) {
  switch (details?.system) {
    case 'trace-store':
      // It answered as it should: there is no such trace.
      return status === 404 ? 'states.errorNoTrace' : 'states.errorTraceStore';
    case 'cluster':
      return 'states.errorCluster';
    case 'catalog':
      return 'states.errorCatalog';
    default:
      return status === undefined
        ? 'states.errorUnreachable'
        : 'states.errorPortal';
  }
}
