import type {
  DiagnosisMend,
  DiagnosisRung,
} from 'backstage-plugin-mesh-tracing-common';
import type { BrokenSetup } from '../PlantedSetup';

/** A set-up whose diagnosis and mend were seen to be right. */
export interface ProvenSetup {
  setup: BrokenSetup;
  /** The first that was not in order. */
  rung: DiagnosisRung;
  /** The mend that brought traces back. */
  mend: DiagnosisMend;
  /** What was seen before and after the mend. */
  seen: string;
  back: string;
  /** How long each step took, for who reads the output. */
  times: string;
}
