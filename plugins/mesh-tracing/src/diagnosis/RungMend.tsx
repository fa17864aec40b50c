import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DiagnosisMend } from 'backstage-plugin-mesh-tracing-common';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { CodeBlock } from '../shared/controls/CodeBlock';
import { useEntityPage } from '../shared/names/useEntityPage';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

/** One mend: to copy as it stands, to click, or to read. */
export function RungMend({ mend }: { mend: DiagnosisMend }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  switch (mend.kind) {
    case 'command':
      return (
        <>
          {mend.what}
          <CodeBlock
            text={mend.command}
            copyLabel={t('diagnosis.copyCommand')}
          />
        </>
      );
    case 'yaml':
    case 'config':
      return (
        <>
          {mend.what}
          <CodeBlock
            text={mend.yaml}
            copyLabel={t(
              mend.kind === 'yaml'
                ? 'diagnosis.copyYaml'
                : 'diagnosis.copyConfig',
            )}
          />
        </>
      );
    case 'action':
      return (
        <>
          {mend.what} <ActionLink mend={mend} />
        </>
      );
    default:
      return <>{mend.what}</>;
  }
}

/** Leads to where the product does it. */
function ActionLink(props: {
  mend: Extract<DiagnosisMend, { kind: 'action' }>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const entityPage = useEntityPage();
  const { action, entityRef } = props.mend;
  const page = entityRef === undefined ? '' : entityPage(entityRef);
  switch (action) {
    case 'choose-window':
      return (
        <Link href={href({ range: '24h', from: undefined, to: undefined })}>
          {t('diagnosis.chooseWindow')}
        </Link>
      );
    case 'open-entity':
      return page ? (
        <Link href={page}>
          {t('diagnosis.openEntity', { entityRef: entityRef ?? '' })}
        </Link>
      ) : null;
    default:
      return (
        <Link
          href={
            page ? `${page}/tracing?view=sampling` : href({ view: 'sampling' })
          }
        >
          {t('diagnosis.changeSampling')}
        </Link>
      );
  }
}
