/** An answer is larger than is read; asking for less helps. */
export class ResponseTooLargeError extends Error {
  override name = 'ResponseTooLargeError';

  constructor(readonly limitBytes: number) {
    super(
      `The answer is larger than ${Math.round(limitBytes / 1024 / 1024)} MiB`,
    );
  }
}
