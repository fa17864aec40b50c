import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { OwnedContent } from './OwnedContent';

/** The page in apps of the legacy frontend system, which bring no header. */
export function OwnedPage() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('owned.pageTitle')} />
      <Content noPadding>
        <OwnedContent />
      </Content>
    </Page>
  );
}
