import { Skeleton } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { ErrorState } from './ErrorState';
import { isWithheld } from './isWithheld';
import type { Load } from './useLoad';

/**
 * Shows the value of a load, or a skeleton, or the error. When a refresh fails,
 * the former value stays away: an old number must not pass for a new one.
 * Where people enter something, it stays, below the error.
 */
export function Loaded<T>(props: {
  load: Load<T>;
  /** Lines of the skeleton. */
  lines?: number;
  /** Keeps the former value when a refresh fails, unless it may not be seen. */
  keepsFormer?: boolean;
  children: (value: T) => ReactNode;
}) {
  const { value, error, loading, retry } = props.load;
  const former =
    props.keepsFormer && !isWithheld(error) ? props.load.former : undefined;
  const shown = value ?? former;
  if (shown !== undefined) {
    return (
      <>
        {value === undefined && <ErrorState error={error} onRetry={retry} />}
        {props.children(shown)}
      </>
    );
  }
  if (error !== undefined && !loading) {
    return <ErrorState error={error} onRetry={retry} />;
  }
  return <LoadingLines lines={props.lines ?? 4} />;
}

/** Placeholder of a part that is being loaded. */
export function LoadingLines({ lines }: { lines: number }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div
      role="status"
      aria-label={t('states.loading')}
      style={{ display: 'grid', gap: 10, padding: '8px 16px' }}
    >
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton
          key={line}
          width={`${96 - ((line * 17) % 40)}%`}
          height={18}
        />
      ))}
    </div>
  );
}
