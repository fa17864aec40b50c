import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../translation';
import { TeamContent } from './TeamContent';

/** The page in apps of the legacy frontend system, which bring no header. */
export function TeamPage() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('team.pageTitle')} />
      <Content noPadding>
        <TeamContent />
      </Content>
    </Page>
  );
}
