import { readDurationFromConfig } from '@backstage/config';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds } from '@backstage/types';

const DEFAULT_SEED = 20260801;
const DEFAULT_HISTORY_MS = 60 * 60_000;

/** Settings of the embedded mesh. */
export interface DemoConfig {
  seed: number;
  /** Traffic of this long before the start is made up. */
  historyMs: number;
}

/**
 * Reads `meshTracing.demo`; undefined when it is not enabled. Refuses to run in
 * production, where simulated traces could be taken for real ones.
 */
export function readDemoConfig(
  config: RootConfigService,
  nodeEnv: string | undefined,
): DemoConfig | undefined {
  const demo = config.getOptionalConfig('meshTracing.demo');
  if (!demo?.getOptionalBoolean('enabled')) {
    return undefined;
  }
  const isAllowed = demo.getOptionalBoolean('allowInProduction') ?? false;
  if (nodeEnv === 'production' && !isAllowed) {
    throw new Error(
      'meshTracing.demo.enabled is true, but NODE_ENV is production. The embedded mesh shows a simulated shop and simulated traces. ' +
        'Remove meshTracing.demo from the configuration, or set meshTracing.demo.allowInProduction to true if that is what you want.',
    );
  }
  return {
    seed: demo.getOptionalNumber('seed') ?? DEFAULT_SEED,
    historyMs: demo.has('history')
      ? durationToMilliseconds(readDurationFromConfig(demo, { key: 'history' }))
      : DEFAULT_HISTORY_MS,
  };
}
