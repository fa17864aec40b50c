import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EstimateBounds } from 'backstage-plugin-mesh-tracing-common';
import { FigureNote } from '../figures/FigureTable';
import { formatDuration } from '../figures/format';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { formatDurationBounds } from './estimates';

/** A duration, with its bounds below it where it is an estimate; a dash for none. */
export function EstimatedDuration(props: {
  valueUs: number | null;
  /** Absent of exact figures, null where the sample is too small to tell. */
  bounds: EstimateBounds | null | undefined;
}) {
  const boundsText = useBoundsText();
  const { valueUs } = props;
  if (valueUs === null) {
    return <>–</>;
  }
  const text = boundsText(valueUs, props.bounds);
  return (
    <>
      {formatDuration(valueUs)}
      {text && <FigureNote>{text}</FigureNote>}
    </>
  );
}

/** What stands beside a duration: `(1.18–1.25)`; empty where it is exact. */
export function useBoundsText(): (
  valueUs: number,
  bounds: EstimateBounds | null | undefined,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (valueUs, bounds) => {
    if (bounds === null) {
      return t('sample.tooFew');
    }
    const range = bounds && formatDurationBounds(valueUs, bounds);
    return range ? `(${range})` : '';
  };
}
