import type {
  ApplyResponse,
  ConflictDetails,
  SamplingEffect,
} from 'backstage-plugin-mesh-tracing-common';
import type { Previewed } from '../preview/Previewed';

/** The steps of a change: from a form over its preview to what is in force. */
export type OverrideFlow =
  | { step: 'editing'; error?: unknown; conflict?: ConflictDetails }
  | { step: 'previewing' }
  | Previewed
  | { step: 'applying'; previewed: Previewed }
  | { step: 'applied'; applied: ApplyResponse; effect?: SamplingEffect };
