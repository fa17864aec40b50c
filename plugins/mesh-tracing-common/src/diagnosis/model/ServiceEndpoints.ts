/** The endpoints of a Kubernetes Service, as its EndpointSlices tell them. @public */
export type ServiceEndpoints =
  | {
      state: 'read';
      ready: number;
      notReady: number;
      /** Milliseconds since the epoch. */
      atMs: number;
    }
  | {
      state: 'unknown';
      /** Why they can't be told, one sentence. */
      message: string;
      /** The access that would tell. */
      needs: string;
      atMs: number;
    };
