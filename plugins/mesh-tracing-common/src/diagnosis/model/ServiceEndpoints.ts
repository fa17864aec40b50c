/** The endpoints of a Kubernetes Service, as its EndpointSlices tell them. @public */
export type ServiceEndpoints =
  | {
      state: 'read';
      ready: number;
      notReady: number;
      /** Milliseconds since the epoch. */
      atMs: number;
    }
  /** The Service is another name of a host outside (`ExternalName`). */
  | { state: 'outside'; atMs: number }
  | {
      state: 'unknown';
      /** Why they can't be told, one sentence. */
      message: string;
      /** The access that would tell. */
      needs: string;
      atMs: number;
    };
