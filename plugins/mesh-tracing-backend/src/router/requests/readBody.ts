import { isError } from '@backstage/errors';
import { shortened } from 'backstage-plugin-mesh-tracing-common';
import { json, type Request, type Response } from 'express';
import { withErrorDetails } from '../../shared/errorDetails';
import { withHiddenCause } from '../../shared/withHiddenCause';
import { RefusedRequestError } from './RefusedRequestError';
import { sizeProblem } from './sizeProblem';

/** Many times the size of an override with all the tags that a policy could allow. */
const MAX_BODY_BYTES = 256 * 1024;

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

/**
 * The error for a body that can't be read, as its headers show before it is;
 * undefined where it can.
 */
function refusalOf(request: Request): Error | undefined {
  if (!hasBody(request)) {
    return refused(
      'The request has no body; this route needs one, in JSON',
      400,
    );
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

/** An error of body-parser, which says by `type` and status what is wrong. */
interface BodyFailure {
  type?: unknown;
  status?: unknown;
}

function fromFailure(
  error: unknown,
  { headers }: Request,
  maxBytes: number,
): Error {
  const { type, status } = (error ?? {}) as BodyFailure;
  const why = isError(error) ? shortened(error.message, 200) : '';
  const encoding = shortened(headers['content-encoding'] ?? '');
  switch (type) {
    case 'entity.too.large':
      return refused(
        `The body is larger than ${maxBytes / 1024} KiB`,
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

/**
 * Makes the reader of the JSON of requests to a route that needs a body.
 *
 * @param maxBytes - that the route takes
 * @returns a function that reads one
 *   and throws InputError that says why it can't be read, with the status 413 or
 *   415 where HTTP has one of its own
 */
export function bodyReader(
  maxBytes: number = MAX_BODY_BYTES,
): (request: Request, response: Response) => Promise<unknown> {
  const parse = json({ limit: maxBytes });
  return async (request, response) => {
    const refusal = refusalOf(request);
    if (refusal) {
      throw refusal;
    }
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) =>
        error ? reject(fromFailure(error, request, maxBytes)) : resolve(),
      );
    });
    const problem = sizeProblem(request.body);
    if (problem) {
      throw refused(`The body ${problem}`, 400);
    }
    return request.body;
  };
}
