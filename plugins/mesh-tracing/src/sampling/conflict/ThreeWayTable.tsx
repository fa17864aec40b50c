import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatDateTime } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { FieldValue } from '../../tracing';
import {
  contentValue,
  threeWayOf,
  type ContentField,
  type OverrideContent,
} from '../draft/overrideContent';
import { useContentNames } from '../draft/useContentNames';
import { ChangeTable, VersionCell } from '../parts/ChangeTable';
import { PreviewPart } from '../parts/PreviewPart';
import styles from './ThreeWayTable.module.css';

/** What was seen, what is there and what is wanted, where they differ. */
export function ThreeWayTable(props: {
  base: OverrideContent | undefined;
  current: OverrideContent | undefined;
  /** Null = none is wanted; undefined = not known, then without its column. */
  mine: OverrideContent | null | undefined;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { base, current, mine } = props;
  const names = useContentNames();
  const isKnown = mine !== undefined;
  const wanted = mine ?? undefined;
  const rows = threeWayOf({ base, current, mine: isKnown ? wanted : current });
  const undone = rows.filter(row => row.undone);
  const versions = [base, current, ...(isKnown ? [wanted] : [])];
  return (
    <PreviewPart title={t('conflict.threeWay')}>
      {rows.length > 0 && (
        <ChangeTable
          columns={[
            t('ladder.field'),
            t('conflict.seen'),
            t('conflict.now'),
            ...(isKnown ? [t('conflict.yours')] : []),
          ]}
        >
          {rows.map(({ field }) => (
            <tr key={field}>
              <th scope="row">{names[field]}</th>
              {versions.map((content, index) => (
                <VersionCell key={index} isWanted={index === 2}>
                  <ContentValue content={content} field={field} />
                </VersionCell>
              ))}
            </tr>
          ))}
        </ChangeTable>
      )}
      {isKnown && (
        <p className={styles.outcome}>
          {undone.length > 0
            ? t('conflict.undoes', {
                names: undone.map(({ field }) => names[field]).join(', '),
              })
            : t('conflict.undoesNothing')}
        </p>
      )}
    </PreviewPart>
  );
}

function ContentValue(props: {
  content: OverrideContent | undefined;
  field: ContentField;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { content, field } = props;
  const value = contentValue(content, field);
  if (content === undefined) {
    return <>{t('conflict.none')}</>;
  }
  switch (field) {
    case 'expiresAt':
      return (
        <>
          {value === undefined
            ? t('override.permanent')
            : formatDateTime(Date.parse(String(value)))}
        </>
      );
    case 'reason':
      return <>{value === undefined ? '–' : String(value)}</>;
    default:
      return value === undefined ? (
        <>{t('form.inherited')}</>
      ) : (
        <SettingValue field={field} value={value} />
      );
  }
}

function SettingValue(props: {
  field: Exclude<ContentField, 'expiresAt' | 'reason'>;
  value: unknown;
}) {
  const { field, value } = props;
  switch (field) {
    case 'provider':
      return <>{String(value)}</>;
    case 'disableSpanReporting':
      return <FieldValue field="enabled" value={!value} />;
    default:
      return <FieldValue field={field} value={value} />;
  }
}
