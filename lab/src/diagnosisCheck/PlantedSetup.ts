import type {
  DiagnosisMend,
  RungId,
} from 'backstage-plugin-mesh-tracing-common';
import type { LabWorkloadName } from '../layout/LabLayout';
import type { MeshLab } from './lab/MeshLab';
import type { Way } from './lab/traffic';

/** What the ladder must say first. */
export interface ExpectedRung {
  rung: RungId;
  code: string;
}

/** A set-up that is planted in the lab, asked about, and cleared away. */
interface Setup {
  /** A few words, unique. */
  name: string;
  /** What stands in the mesh then, one sentence. */
  planted: string;
  /** Name of the component that is asked about. */
  entity: string;
  workload: LabWorkloadName;
  /** The way in on which requests come; straight to the frontend when absent. */
  way?: Way;
  /** Requests that are sent before the ladder is asked for; as many as usual when absent. */
  pages?: number;
  plant(lab: MeshLab): Promise<void>;
  /**
   * Fails unless traces come, or stay away, as the set-up says; whether requests are
   * traced at all, when absent.
   *
   * @returns what was seen, as words for a table
   */
  seen?(lab: MeshLab): Promise<string>;
}

/** A set-up in which traces are missing or broken. */
export interface BrokenSetup extends Setup {
  /** What whoever looks for traces sees, one sentence. */
  symptom: string;
  expected: ExpectedRung;
  /**
   * Which of the mends is applied; the first when absent. For where the first only
   * lets one look closer, or needs what the lab has not.
   */
  wanted?(mend: DiagnosisMend): boolean;
  /**
   * Does what a mend says in words alone, `advice`, or carries on what the product
   * offers on another page.
   */
  byHand?(lab: MeshLab, mend: DiagnosisMend): Promise<void>;
  /** What a cluster's controllers would do once the mend is applied. */
  follow?(lab: MeshLab): Promise<void>;
  /** Environment that a mend of the portal's configuration names. */
  environment?: Record<string, string>;
  /**
   * Fails unless traces are back; that requests are shown as traced by the product,
   * when absent.
   */
  mended?(lab: MeshLab): Promise<string>;
  /** What the mend brought about, one sentence; that traces are back, when absent. */
  outcome?: string;
}

/** A set-up in which nothing is wrong. */
export type HealthySetup = Setup;
