import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Attributes } from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { CopyButton } from '../../shared/controls/CopyButton';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { attributeText } from '../timeline/findSpans';
import styles from './SpanDetail.module.css';

/** Rows before "show all"; some spans carry thousands. */
const SHOWN = 60;

/** Attributes by name. */
export function AttributeTable(props: {
  title: string;
  attributes: Attributes;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [all, setAll] = useState(false);
  const entries = Object.entries(props.attributes).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const shown = all ? entries : entries.slice(0, SHOWN);
  return (
    <div>
      <div className={styles.tableTitle}>
        <h4 className={styles.part}>{props.title}</h4>
        {entries.length > 0 && (
          <CopyButton
            text={JSON.stringify(props.attributes, null, 2)}
            label={t('span.copyAll', { name: props.title })}
          />
        )}
      </div>
      {entries.length === 0 && (
        <div className={styles.none}>{t('span.noAttributes')}</div>
      )}
      <table className={styles.table} aria-label={props.title}>
        <tbody>
          {shown.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{attributeText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < entries.length && (
        <button
          type="button"
          className={styles.more}
          onClick={() => setAll(true)}
        >
          {t('span.showAll', { total: String(entries.length) })}
        </button>
      )}
    </div>
  );
}
