import { Link } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  getCompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { adviseOnNoTraces } from 'backstage-plugin-mesh-tracing-common';
import { DiagnosisHint } from '../../diagnosis';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { FindingList } from '../../shared/notes/FindingList';
import { StateMessage } from '../../shared/states/StateMessage';
import { useLoad } from '../../shared/states/useLoad';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** Nothing was traced: what to do follows from what the mesh does. */
export function NoTraces(props: {
  title: string;
  /** Trace service names that were searched, where the answer tells them. */
  services?: string[];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const { entity } = useEntity();
  const { href } = useTracingUrl();
  const tracing = useLoad(stringifyEntityRef(entity), signal =>
    api.getTracing(getCompoundEntityRef(entity), { signal }),
  );
  if (tracing.loading) {
    return <StateMessage kind="empty" title={props.title} />;
  }
  const { reason, finding } = adviseOnNoTraces(tracing.value);
  return (
    <StateMessage
      kind="empty"
      title={props.title}
      whatToDo={
        <>
          {t(`noTraces.${reason}`)}{' '}
          <Link
            href={href({ view: 'sampling', trace: undefined })}
            variant="body-small"
          >
            {t('noTraces.toSampling')}
          </Link>
          {finding && <FindingList findings={[finding]} />}
          <DiagnosisHint />
        </>
      }
    >
      {props.services && <Searched services={props.services} />}
    </StateMessage>
  );
}

function Searched({ services }: { services: string[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      {services.length === 0
        ? t('noTraces.noServices')
        : t('traces.searched', { services: services.join(', ') })}
    </>
  );
}
