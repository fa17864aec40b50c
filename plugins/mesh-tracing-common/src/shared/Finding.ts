/** How urgently a finding wants attention. @public */
export type FindingSeverity = 'error' | 'warning' | 'info';

/**
 * Something the user should know.
 * @public
 */
export interface Finding {
  severity: FindingSeverity;
  /** Stable, kebab-case, documented: `tracing-off-by-omission`. */
  code: string;
  /** One sentence: what is the case. */
  what: string;
  /** One sentence: what to do about it. */
  whatToDo: string;
  /** Resources the finding is about, `namespace/name`. */
  resources?: string[];
  link?: string;
}
