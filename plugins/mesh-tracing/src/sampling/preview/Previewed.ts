import type {
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';

/** A preview to be confirmed. */
export interface Previewed {
  step: 'previewed';
  request: OverrideRequest;
  preview: PreviewResponse;
  /** Makes a second try to apply it the same request to the backend. */
  requestId: string;
  /** Why it takes the place of one that was confirmed. */
  renewed?: Renewal;
  /** Why it could not be applied, where it may still be tried again. */
  error?: unknown;
}

/** Why a preview that was confirmed could not be applied. */
export interface Renewal {
  /** Too old, or something else than the override changed. */
  because: 'expired' | 'changed';
  /** The server's own words. */
  message: string;
}
