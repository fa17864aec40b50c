/** A stretch of a pasted text that holds YAML. */
export interface YamlPiece {
  text: string;
  /** Line of the pasted text, from 1, in which it begins. */
  line: number;
  /** Whether a shell would put the values of variables into it. */
  expands: boolean;
}

/** How a pasted text is written. @public */
export type TextForm = 'yaml' | 'markdown' | 'shell';
