import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ForeignSpansMode } from './ForeignSpans';

const KEY = 'meshTracing.traces.foreignSpans';
const MODES: readonly ForeignSpansMode[] = ['full', 'redacted'];

/** What a site says of the traces that are shown, from `meshTracing.traces`. */
export interface TracesConfig {
  /** How much of spans is sent whose entity the caller may not read. */
  foreignSpans: ForeignSpansMode;
}

/** @throws InputError with the path in the configuration and what to write instead */
export function readTracesConfig(config: Config): TracesConfig {
  const given = config.getOptionalString(KEY) ?? 'full';
  const foreignSpans = MODES.find(mode => mode === given);
  if (!foreignSpans) {
    throw new InputError(
      `Configuration ${KEY} is '${given}'; use one of ${MODES.join(', ')}`,
    );
  }
  return { foreignSpans };
}
