import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ConflictDetails } from 'backstage-plugin-mesh-tracing-common';
import { describeError } from '../../shared/api/describeError';
import { InView } from '../../shared/focus/InView';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { OverrideContent } from '../draft/overrideContent';
import { ActorName } from '../history/ActorName';
import { PartBox } from '../parts/PartBox';
import { PreviewPart } from '../parts/PreviewPart';
import { YamlDiff } from '../parts/YamlDiff';
import { viewOfYaml } from './overrideYaml';
import { ThreeWayTable } from './ThreeWayTable';

/**
 * Someone was faster: what was seen, what is there now, and what is wanted, so
 * that nobody undoes the work of another without knowing.
 */
export function ConflictPanel(props: {
  error?: unknown;
  conflict: ConflictDetails;
  /** The override as it was seen; null = there was none. */
  base: OverrideContent | null;
  /**
   * What is wanted of the one that is there now; null = none, undefined = not
   * known.
   */
  mine: OverrideContent | null | undefined;
  /** What became of the attempt and its input. */
  note: string;
  againLabel: string;
  onAgain: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { base, mine, conflict } = props;
  const { baseYaml, currentYaml, changedBy } = conflict;
  const current = viewOfYaml(currentYaml);
  const title =
    currentYaml === undefined ? t('conflict.gone') : t('conflict.changed');
  return (
    <InView>
      <PartBox label={t('conflict.title')}>
        <Alert
          role="alert"
          status="warning"
          icon
          title={t('conflict.title')}
          description={
            <>
              {props.error !== undefined &&
                `${describeError(props.error).message}. `}
              {changedBy && (
                <>
                  {t('conflict.by')} <ActorName entityRef={changedBy} />
                  {'. '}
                </>
              )}
              {props.note}
            </>
          }
          customActions={
            <Button size="small" variant="secondary" onPress={props.onAgain}>
              {props.againLabel}
            </Button>
          }
        />
        {(current !== undefined || currentYaml === undefined) && (
          <ThreeWayTable
            base={base ?? undefined}
            current={current}
            mine={mine}
          />
        )}
        {(baseYaml !== undefined || (base === null && currentYaml)) && (
          <PreviewPart title={title}>
            <YamlDiff before={baseYaml ?? ''} after={currentYaml ?? ''} />
          </PreviewPart>
        )}
      </PartBox>
    </InView>
  );
}
