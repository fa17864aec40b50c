/** An answer is compressed in a way that was not asked for. */
export class UnknownEncodingError extends Error {
  override name = 'UnknownEncodingError';

  constructor(readonly encoding: string) {
    super(`The answer is compressed with '${encoding}'`);
  }
}
