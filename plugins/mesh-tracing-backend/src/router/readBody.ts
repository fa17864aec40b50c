import { isError } from '@backstage/errors';
import { shortened } from 'backstage-plugin-mesh-tracing-common';
import { json, type ErrorRequestHandler, type Request } from 'express';
import type { RequestHandler } from 'express';
import { withErrorDetails } from '../shared/errorDetails';
import { withHiddenCause } from '../shared/withHiddenCause';
import { RefusedRequestError } from './RefusedRequestError';
import { routeOf } from './routeOf';

/** An override with all the tags that a policy could allow fits many times. */
const MAX_BODY_BYTES = 256 * 1024;

const refusals = new WeakMap<Request, Error>();

/** Why the body of a request was not read; undefined if it was. */
export function bodyRefusalOf(request: Request): Error | undefined {
  return refusals.get(request);
}

function refused(
  message: string,
  statusCode: 400 | 413 | 415,
  cause?: unknown,
): Error {
  return withErrorDetails(
    withHiddenCause(new RefusedRequestError(message, statusCode), cause),
    { system: 'portal' },
  );
}

function hasBody({ headers }: Request): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length'] ?? 0) > 0
  );
}

/** Why a body can't be read at all, as its headers tell; undefined where it can. */
function refusalOf(request: Request): Error | undefined {
  if (!routeOf(request)?.route.body) {
    return undefined;
  }
  if (!hasBody(request)) {
    return refused('The request has no body; this route needs one, in JSON', 400);
  }
  const type = request.headers['content-type'] ?? '';
  return request.is('application/json')
    ? undefined
    : refused(
        type
          ? `The body must be JSON, with content-type application/json; it came as '${shortened(
              type,
            )}'`
          : 'The body must be JSON, with content-type application/json; it came without a content-type',
        415,
      );
}

const requireJson: RequestHandler = (request, _response, next) =>
  next(refusalOf(request));

/** What body-parser says of a failure: its `type`, and a status. */
interface BodyFailure {
  type?: unknown;
  status?: unknown;
}

function fromFailure(error: unknown, { headers }: Request): Error {
  const { type, status } = (error ?? {}) as BodyFailure;
  const why = isError(error) ? shortened(error.message, 200) : '';
  const encoding = shortened(headers['content-encoding'] ?? '');
  switch (type) {
    case 'entity.too.large':
      return refused(
        `The body is larger than ${MAX_BODY_BYTES / 1024} KiB`,
        413,
        error,
      );
    case 'entity.parse.failed':
      return refused(`The body is not a JSON object: ${why}`, 400, error);
    case 'charset.unsupported':
      return refused(
        `The body must be JSON in UTF-8; it came with ${why}`,
        415,
        error,
      );
    case 'encoding.unsupported':
      return refused(
        `The body's content-encoding '${encoding}' is not supported; send it as it is, or as gzip, deflate or br`,
        415,
        error,
      );
    case 'request.size.invalid':
      return refused(
        'The body is not as long as its content-length says',
        400,
        error,
      );
    case 'request.aborted':
      return refused('The request was given up before its end', 400, error);
    default:
      return status === 400
        ? refused(
            `The body can not be unpacked as its content-encoding '${encoding}' says: ${why}`,
            400,
            error,
          )
        : refused('The body can not be read', 400, error);
  }
}

const noteRefusal: ErrorRequestHandler = (error, request, _response, next) => {
  const refusal =
    error instanceof RefusedRequestError ? error : fromFailure(error, request);
  refusals.set(request, refusal);
  next(refusal);
};

/**
 * Reads the JSON of a request. The router that validates by the OpenAPI document
 * makes every failure before it a bare text, so {@link bodyRefusalOf} keeps it.
 */
export function readBody(): Array<RequestHandler | ErrorRequestHandler> {
  return [requireJson, json({ limit: MAX_BODY_BYTES }), noteRefusal];
}
