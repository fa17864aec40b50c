/** How the portal proves itself to a trace store, or to the metrics beside it. */
export type StoreAuth =
  | { type: 'none' }
  | { type: 'bearer'; token: string }
  | { type: 'basic'; username: string; password: string };
