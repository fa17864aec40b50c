import type { Request } from 'express';
import { RequestAbandonedError } from './RequestAbandonedError';

const signals = new WeakMap<Request, AbortSignal>();

/**
 * The signal of a request, aborted with {@link RequestAbandonedError} when its
 * connection closes before the answer was sent.
 */
export function requestSignal(request: Request): AbortSignal {
  const known = signals.get(request);
  if (known) {
    return known;
  }
  const controller = new AbortController();
  const response = request.res;
  const closed = () => {
    if (!response?.writableFinished) {
      controller.abort(new RequestAbandonedError());
    }
  };
  if (response?.closed) {
    closed();
  } else {
    response?.once('close', closed);
  }
  signals.set(request, controller.signal);
  return controller.signal;
}
