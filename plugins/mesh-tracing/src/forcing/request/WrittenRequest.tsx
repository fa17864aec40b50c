import { Select, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  forcingHeaders,
  parseRequestUrl,
  REQUEST_LANGUAGES,
  writeRequest,
  type ForcingHeaders,
  type ForcingHop,
  type FreshTraceIds,
  type RequestLanguage,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { CodeBlock } from '../../shared/controls/CodeBlock';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './Recipe.module.css';

/** What a gateway's address looks like, where none is known. */
const GATEWAY_URL = 'https://shop.example.com/';

/** The request as text, with an address that the user may change. */
export function WrittenRequest(props: {
  hop: ForcingHop;
  headers: ForcingHeaders;
  ids: FreshTraceIds;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { hop, headers, ids } = props;
  const isInside = hop.kind !== 'gateway';
  const [address, setAddress] = useState(
    hop.url ?? (isInside ? `http://${hop.workload.name}/` : GATEWAY_URL),
  );
  const [language, setLanguage] = useState<RequestLanguage>('curl');
  const read = parseRequestUrl(address, isInside ? 'http' : 'https');
  return (
    <>
      <div className={styles.fields}>
        <TextField
          size="small"
          label={t('traceOne.url')}
          value={address}
          isInvalid={'problem' in read}
          description={
            'problem' in read
              ? t(`traceOne.urlProblems.${read.problem}`)
              : t(isInside ? 'traceOne.urlInside' : 'traceOne.urlGateway')
          }
          autoComplete="off"
          spellCheck="false"
          onChange={setAddress}
        />
        <Select
          size="small"
          label={t('traceOne.language')}
          options={REQUEST_LANGUAGES.map(each => ({
            value: each,
            label: t(`traceOne.languages.${each}`),
          }))}
          selectedKey={language}
          onSelectionChange={key =>
            setLanguage(REQUEST_LANGUAGES.find(each => each === key) ?? 'curl')
          }
        />
      </div>
      {'url' in read && (
        <CodeBlock
          text={writeRequest(language, {
            url: read.url,
            headers: forcingHeaders(headers, ids),
          })}
          copyLabel={t('traceOne.copy')}
        />
      )}
      <div className={styles.id}>{t('traceOne.id', { id: ids.traceId })}</div>
    </>
  );
}
