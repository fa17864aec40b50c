import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  type EffectiveTracing,
  type PreviewResponse,
  type WorkloadRef,
  decidingSide,
} from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import {
  type TracingField,
  FieldValue,
  changedFields,
  useFieldNames,
} from '../../tracing';
import { ChangeTable, VersionCell } from '../parts/ChangeTable';
import { PreviewPart } from '../parts/PreviewPart';
import styles from './PreviewPanel.module.css';

/** Before and after, for every workload that would change. */
export function PreviewChanges(props: { changes: PreviewResponse['changes'] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const rows = props.changes.flatMap(change =>
    changedFields(change.before, change.after).map(field => ({
      change,
      field,
    })),
  );
  const names = useFieldNames();
  const nameOf = namesWithin(props.changes);
  const unchanged = props.changes.filter(
    change => !rows.some(row => row.change === change),
  );
  return (
    <PreviewPart title={t('preview.changes')}>
      {rows.length === 0 ? (
        t('preview.noChanges')
      ) : (
        <ChangeTable
          columns={[
            t('preview.workload'),
            t('ladder.field'),
            t('preview.before'),
            t('preview.after'),
          ]}
        >
          {rows.map(({ change, field }) => (
            <tr key={`${formatWorkloadRef(change.workload)} ${field}`}>
              <th scope="row">
                {nameOf(change.workload)}
                {!change.intended && ` (${t('preview.notIntended')})`}
              </th>
              <td>{names[field]}</td>
              <VersionCell>
                <SideValue effective={change.before} field={field} />
              </VersionCell>
              <VersionCell isWanted>
                <SideValue effective={change.after} field={field} />
              </VersionCell>
            </tr>
          ))}
        </ChangeTable>
      )}
      {rows.length > 0 && unchanged.length > 0 && (
        <div className={styles.note}>
          {t('preview.unchanged', {
            names: unchanged.map(({ workload }) => nameOf(workload)).join(', '),
          })}
        </div>
      )}
    </PreviewPart>
  );
}

/** Names, with their namespaces where there are several. */
function namesWithin(changes: PreviewResponse['changes']) {
  const namespaces = new Set(changes.map(({ workload }) => workload.namespace));
  return ({ namespace, name }: WorkloadRef) =>
    namespaces.size > 1 ? `${namespace}/${name}` : name;
}

function SideValue(props: {
  effective: EffectiveTracing;
  field: TracingField;
}) {
  const side = decidingSide(props.effective);
  return side ? (
    <FieldValue field={props.field} value={side[props.field].value} />
  ) : (
    <>–</>
  );
}
