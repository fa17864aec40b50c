import { TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { parseDuration } from './parseDuration';

/** Two fields for the shortest and the longest duration. */
export function DurationRange(props: {
  minLabel: string;
  maxLabel: string;
  min: string;
  max: string;
  onMinChange: (min: string) => void;
  onMaxChange: (max: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const badMin = isBad(props.min);
  const badMax = isBad(props.max);
  const isReversed = !isUsableRange(props.min, props.max);
  const maxProblem = badMax ? t('traces.badDuration') : t('traces.badRange');
  return (
    <>
      <TextField
        size="small"
        label={props.minLabel}
        placeholder="100ms"
        value={props.min}
        isInvalid={badMin}
        description={badMin ? t('traces.badDuration') : undefined}
        onChange={props.onMinChange}
      />
      <TextField
        size="small"
        label={props.maxLabel}
        placeholder="2s"
        value={props.max}
        isInvalid={badMax || (isReversed && !badMin)}
        description={badMax || (isReversed && !badMin) ? maxProblem : undefined}
        onChange={props.onMaxChange}
      />
    </>
  );
}

/** Whether both are durations or empty, and the shortest is not above the longest. */
export function isUsableRange(min: string, max: string): boolean {
  const minUs = parseDuration(min) ?? 0;
  const maxUs = parseDuration(max) ?? Infinity;
  return minUs <= maxUs;
}

function isBad(text: string): boolean {
  return Number.isNaN(parseDuration(text));
}
