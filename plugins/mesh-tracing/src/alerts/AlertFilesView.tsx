import { Button, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiDownloadLine } from '@remixicon/react';
import type { AlertRulesResponse } from 'backstage-plugin-mesh-tracing-common';
import { CodeBlock } from '../shared/controls/CodeBlock';
import { saveFile } from '../shared/controls/saveFile';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './alerts.module.css';

type Files = NonNullable<AlertRulesResponse['files']>;

/** The rules as files to copy and save, and as the content of a pull request. */
export function AlertFilesView(props: { files: Files; fileName: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { files, fileName } = props;
  return (
    <div>
      <h3 className={styles.heading}>{t('alerts.files')}</h3>
      <Tabs>
        <TabList>
          <Tab id="prometheus-rule">{t('alerts.prometheusRule')}</Tab>
          <Tab id="rule-file">{t('alerts.ruleFile')}</Tab>
          <Tab id="pull-request">{t('alerts.pullRequest')}</Tab>
        </TabList>
        <TabPanel id="prometheus-rule">
          <File
            text={files.prometheusRule}
            name={`${fileName}-prometheusrule.yaml`}
          />
        </TabPanel>
        <TabPanel id="rule-file">
          <File text={files.ruleFile} name={`${fileName}.rules.yaml`} />
        </TabPanel>
        <TabPanel id="pull-request">
          <PullRequest of={files.pullRequest} />
        </TabPanel>
      </Tabs>
    </div>
  );
}

function File({ text, name }: { text: string; name: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div className={styles.file}>
      <div>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine aria-hidden />}
          onPress={() =>
            saveFile(new Blob([text], { type: 'application/yaml' }), name)
          }
        >
          {t('alerts.download', { name })}
        </Button>
      </div>
      <CodeBlock text={text} copyLabel={t('alerts.copy')} />
    </div>
  );
}

function PullRequest({ of }: { of: Files['pullRequest'] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div className={styles.file}>
      <dl className={styles.request}>
        <dt>{t('alerts.branch')}</dt>
        <dd>{of.branch}</dd>
        <dt>{t('alerts.path')}</dt>
        <dd>{of.path}</dd>
        <dt>{t('alerts.prTitle')}</dt>
        <dd>{of.title}</dd>
      </dl>
      <CodeBlock text={of.body} copyLabel={t('alerts.copyBody')} />
      <File text={of.content} name={of.path.split('/').at(-1) ?? of.path} />
    </div>
  );
}
