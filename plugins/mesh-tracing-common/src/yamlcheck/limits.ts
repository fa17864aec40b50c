/** Bounds of a check, so that any text is answered in little time. @public */
export const YAML_CHECK_LIMITS = {
  /** UTF-16 units of a pasted text: 1 MiB. */
  textLength: 1024 * 1024,
  documents: 200,
  /** UTF-16 units of one document; no mesh config comes near it. */
  documentLength: 128 * 1024,
  /** Values of one document, aliases expanded. */
  values: 20_000,
  /** Levels of one document. */
  depth: 60,
  /** Workloads of the entity that are looked at, in each cluster. */
  workloads: 20,
  /** Findings of one document that are told. */
  findings: 50,
} as const;
