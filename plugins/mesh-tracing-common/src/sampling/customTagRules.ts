import type { PolicyVerdictView } from '../api/samplingApi';
import type { Finding } from '../shared/Finding';

/** The kinds of a custom tag. @public */
export type CustomTagKind = 'literal' | 'header' | 'environment' | 'formatter';

/** Bounds of what custom tags may do. @public */
export interface CustomTagRules {
  max: number;
  kinds: CustomTagKind[];
  /** Besides the built-in list. */
  denyHeaders: string[];
}

/** What is known of the proxies that would send the tags. @public */
export interface CustomTagProxy {
  /** Lowest version among the workload's proxies; unknown = newest. */
  proxyVersion?: string;
  /** Names of the environment variables of the proxy's container, if known. */
  proxyEnvironment?: string[];
  /** Characters; the provider's. */
  maxTagLength?: number;
}

/** @public */
export interface CustomTagCheck {
  /** Reasons to refuse, each with the path of its field. */
  problems: PolicyVerdictView[];
  findings: Finding[];
}
