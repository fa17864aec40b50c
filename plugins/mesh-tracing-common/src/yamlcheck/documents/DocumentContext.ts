import type { YamlStep } from '../../yaml';
import type { MeshState } from '../effect/MeshState';
import type { YamlFindings } from '../findings/YamlFindings';
import type { TelemetryPlacement } from '../model/YamlCheck';
import type { YamlMap } from '../read/values';
import type { Recognised } from '../recognise/recognise';

/** A document, and what it meets. */
export interface DocumentContext {
  value: YamlMap;
  text: string;
  recognised: Recognised;
  /** The line of the pasted text in which the value at a path begins. */
  lineOf(path: readonly YamlStep[]): number;
  findings: YamlFindings;
  /** The cluster as the documents before this one leave it. */
  state: MeshState;
}

/** What a document does. */
export interface DocumentResult {
  /** The cluster after it; absent where it changes nothing. */
  state?: MeshState;
  placement?: TelemetryPlacement;
}

/** Judges the documents of one kind. */
export type DocumentCheck = (context: DocumentContext) => DocumentResult;
