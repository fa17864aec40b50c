import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SampleFacts } from 'backstage-plugin-mesh-tracing-common';
import { describeError } from '../api/describeError';
import { SeverityIcon } from '../notes/SeverityIcon';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { isEstimate } from './estimates';
import { SampleMeaning } from './SampleMeaning';
import styles from './SampleStatus.module.css';
import type { SampledAnswer, SampledLoad } from './useSampledLoad';
import { useSampleText } from './useSampleText';

/**
 * What figures were computed from, how far they can be trusted, and the way to
 * more. Nothing where an answer is of no sample.
 */
export function SampleStatus(props: {
  load: SampledLoad<SampledAnswer>;
  /** Half the width of the bounds of the p95, as a share of it. */
  p95Precision?: number;
}) {
  const { load } = props;
  const sample = load.value?.sample;
  return (
    sample && (
      <>
        <Sentence {...props} sample={sample} />
        <Problem load={load} />
        {isEstimate(sample) && <SampleMeaning sample={sample} />}
      </>
    )
  );
}

function Sentence(props: {
  sample: SampleFacts;
  load: SampledLoad<SampledAnswer>;
  p95Precision?: number;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const sampleText = useSampleText();
  const { sample, load } = props;
  return (
    <div className={styles.status}>
      <span>{sampleText(sample, props.p95Precision)}</span>
      {(sample.canRefine || load.refining) &&
        load.refineError === undefined && (
          <Button
            size="small"
            variant="tertiary"
            isPending={load.refining !== undefined}
            aria-label={t('sample.refineLabel')}
            onPress={load.refine}
          >
            {t('sample.refine')}
          </Button>
        )}
    </div>
  );
}

/** That no more could be read, while what was shown before stays. */
function Problem({ load }: { load: SampledLoad<SampledAnswer> }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return load.refineError === undefined ? null : (
    <div className={styles.problem} role="alert">
      <SeverityIcon severity="warning" size={14} />
      <span>
        {t('sample.refineFailed', {
          message: describeError(load.refineError).message,
        })}
      </span>
      <Button size="small" variant="secondary" onPress={load.refine}>
        {t('states.retry')}
      </Button>
    </div>
  );
}
