/**
 * A store's answer that began well, with status 200, holds an error: what came
 * before it is only a part. gRPC gateways end a stream that failed so.
 * @public
 */
export class StoreStreamError extends Error {
  override name = 'StoreStreamError';

  /**
   * @param status - as HTTP would have it; 500 when the store does not say
   * @param detail - the store's own words; may name hosts and queries
   */
  constructor(readonly status: number, readonly detail: string) {
    super('The answer of the trace store ends with an error');
  }
}
