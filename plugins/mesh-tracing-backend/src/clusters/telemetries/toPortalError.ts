import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { withErrorDetails } from '../../shared/errorDetails';
import { withHiddenCause } from '../../shared/withHiddenCause';
import type { ApiServerError } from '../api/ApiServerError';
import { rbacRule } from '../api/rbacRule';
import { TELEMETRY_GROUP } from '../mesh/meshResources';

/** The request to the API server that failed. */
export interface TelemetryRequest {
  /** The verb, as in RBAC rules. */
  verb: 'get' | 'create' | 'update' | 'delete';
  namespace: string;
  name: string;
}

/**
 * Turns a failed request into an error for the portal's users, which says which
 * cluster it was, what happened in the API server's own words, and what to do.
 */
export function toPortalError(
  cluster: string,
  request: TelemetryRequest,
  error: ApiServerError,
): Error {
  const context = { cluster, request, error };
  if (error.kind === 'refused') {
    // The cause keeps the API server's own words for the log.
    return withHiddenCause(refusal(context), error);
  }
  const server = `The API server of cluster '${cluster}'`;
  switch (error.kind) {
    case 'timeout':
      return unavailable(
        context,
        `${server} did not answer in time: ${error.message}`,
        whatToDoWithoutAnswer(context),
      );
    case 'credentials':
      return unavailable(
        context,
        `The portal's credentials for cluster '${cluster}' could not be read`,
        'Ask your platform team to check the connection of this cluster in meshTracing.clusters.',
      );
    case 'unexpected':
      return unavailable(
        context,
        `What answers for the API server of cluster '${cluster}' is none: ${error.message}`,
        'Ask your platform team to check the address of this cluster in meshTracing.clusters.',
      );
    default:
      return unavailable(
        context,
        `${server} can not be reached: ${error.message}`,
        whatToDoWithoutAnswer(context),
      );
  }
}

interface Context {
  cluster: string;
  request: TelemetryRequest;
  error: ApiServerError;
}

function refusal(context: Context): Error {
  const { error } = context;
  if (isDeniedByWebhook(error.message)) {
    return invalid(context);
  }
  switch (error.statusCode) {
    case 400:
    case 422:
      return invalid(context);
    case 401:
      return unavailable(
        context,
        `The API server of cluster '${context.cluster}' does not accept the portal's credentials`,
        'Ask your platform team to renew the credentials of this cluster in meshTracing.clusters.',
      );
    case 403:
      return forbidden(context);
    case 404:
      return notFound(context);
    case 409:
      return conflict(context);
    default:
      return serverTrouble(context);
  }
}

/**
 * Recognises the API server's `admission webhook "…" denied the request`, which is a
 * 403 like RBAC's.
 */
function isDeniedByWebhook(message: string): boolean {
  const webhook = message.indexOf('admission webhook ');
  return webhook >= 0 && message.includes(' denied the request', webhook);
}

/** The object is at fault, as its schema, strict fields, a policy or a webhook say. */
function invalid(context: Context): Error {
  const { cluster, error, request } = context;
  const field =
    error.status?.details?.causes?.find(cause => cause.field)?.field ??
    error.message.match(/(?:unknown|duplicate) field "([^"]+)"/)?.[1];
  const at = field && !error.message.includes(field) ? ` (${field})` : '';
  return withErrorDetails(
    new InputError(
      `Cluster '${cluster}' refused Telemetry '${target(request)}': ${
        error.message
      }${at}`,
    ),
    {
      system: 'cluster',
      systemName: cluster,
      whatToDo: 'Correct what the message names, and try again.',
      ...(field ? { field } : {}),
    },
  );
}

function forbidden(context: Context): Error {
  const { cluster, error, request } = context;
  const byRbac = /\bcannot \w+ resource\b/.test(error.message);
  if (!byRbac) {
    return withErrorDetails(
      new NotAllowedError(
        `Cluster '${cluster}' does not allow to ${
          request.verb
        } Telemetry '${target(request)}': ${error.message}`,
      ),
      {
        system: 'cluster',
        systemName: cluster,
        whatToDo:
          'Ask your platform team about the policy that the message names.',
      },
    );
  }
  const rule = rbacRule({
    apiGroup: TELEMETRY_GROUP,
    resource: 'telemetries',
    verbs: [request.verb],
    namespace: request.namespace,
  });
  return withErrorDetails(
    new NotAllowedError(
      `The portal may not ${request.verb} Telemetries in namespace '${request.namespace}' of cluster '${cluster}'; it lacks ${rule}`,
    ),
    {
      system: 'cluster',
      systemName: cluster,
      whatToDo: `Ask your platform team to grant the portal's identity ${rule}.`,
    },
  );
}

function notFound(context: Context): Error {
  const { cluster, error, request } = context;
  return withErrorDetails(
    new NotFoundError(
      request.verb === 'create'
        ? `Telemetry '${target(
            request,
          )}' could not be created in cluster '${cluster}': ${error.message}`
        : `Telemetry '${target(request)}' is not in cluster '${cluster}'`,
    ),
    {
      system: 'cluster',
      systemName: cluster,
      whatToDo:
        request.verb === 'create'
          ? 'Check that the namespace exists and that Istio is installed there.'
          : 'Reload: somebody deleted it meanwhile.',
    },
  );
}

function conflict(context: Context): Error {
  const { cluster, error, request } = context;
  return withErrorDetails(
    new ConflictError(
      request.verb === 'create'
        ? `Telemetry '${target(
            request,
          )}' exists already in cluster '${cluster}'`
        : `Telemetry '${target(
            request,
          )}' in cluster '${cluster}' was changed meanwhile: ${error.message}`,
    ),
    {
      system: 'cluster',
      systemName: cluster,
      whatToDo: 'Look at what is there now, and decide again.',
    },
  );
}

function serverTrouble(context: Context): Error {
  const { cluster, error } = context;
  if (/failed calling webhook/.test(error.message)) {
    return unavailable(
      context,
      `Cluster '${cluster}' could not have the change validated: ${error.message}`,
      'Nothing was changed. The webhook named in the message does not answer; for validation.istio.io look at istiod, then try again.',
    );
  }
  return unavailable(
    context,
    `The API server of cluster '${cluster}' answered ${error.statusCode}: ${error.message}`,
    'Try again in a moment; if it stays, ask your platform team to look at the API server.',
  );
}

/** A write without an answer may have been carried out, unless it was never sent. */
function whatToDoWithoutAnswer({ request, error }: Context): string {
  if (request.verb === 'get') {
    return 'Try again in a moment; if it stays, ask your platform team.';
  }
  return error.unsent
    ? 'Nothing was changed. Try again in a moment; if it stays, ask your platform team.'
    : 'Reload to see whether the change was stored, then try again.';
}

function unavailable(
  { cluster }: Context,
  message: string,
  whatToDo: string,
): Error {
  return withErrorDetails(new ServiceUnavailableError(message), {
    system: 'cluster',
    systemName: cluster,
    whatToDo,
  });
}

function target({ namespace, name }: TelemetryRequest): string {
  return `${namespace}/${name}`;
}
