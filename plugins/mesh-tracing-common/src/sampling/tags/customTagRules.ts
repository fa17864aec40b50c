import type { PolicyVerdictView } from '../../api';
import type { Finding } from '../../shared/Finding';
import type { Workload } from '../../workloads';
import type { HeaderRules } from './deniedHeaders';
import type { VariableRules } from './deniedVariables';

/** The kinds of a custom tag. @public */
export type CustomTagKind = 'literal' | 'header' | 'environment' | 'formatter';

/** Bounds of what custom tags may do. @public */
export interface CustomTagRules extends HeaderRules, VariableRules {
  max: number;
  kinds: CustomTagKind[];
}

/** Whose proxies would send the tags. @public */
export interface CustomTagProxies {
  /** All whose spans would get them; those without a proxy don't count. */
  workloads: readonly Workload[];
  /** Characters after which the path in `http.url` is cut. */
  maxTagLength?: number;
}

/** @public */
export interface CustomTagCheck {
  /** Reasons to refuse, each with the path of its field. */
  problems: PolicyVerdictView[];
  findings: Finding[];
}
