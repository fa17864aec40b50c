import { InputError } from '@backstage/errors';

/** A wrong request for which HTTP has a more exact status than 400. */
export class RefusedRequestError extends InputError {
  constructor(message: string, readonly statusCode: 400 | 413 | 415) {
    super(message);
    this.name = 'InputError';
  }
}
