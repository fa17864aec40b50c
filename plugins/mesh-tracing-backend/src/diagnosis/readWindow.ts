import type { EntityContext } from '../shared/EntityContext';
import type { EntityAnalysis, TimeWindow, TraceAnalyses } from '../traces';
import { within, type Told } from './within';

/**
 * The traces of a workload in a window, as far as a quick look tells. Whoever asks at
 * the same time shares it.
 */
export async function readWindow(
  analyses: Pick<TraceAnalyses, 'of'>,
  context: EntityContext,
  window: TimeWindow,
): Promise<Told<EntityAnalysis>> {
  return within(
    signal => analyses.of({ ...context, signal }, window, { sample: 'quick' }),
    context.signal,
  );
}
