import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import { answer } from './httpAnswers';
import type { KubernetesObject } from './meshObjects';
import type { SimulatedCluster } from './SimulatedCluster';

/** What is asked of one Telemetry. */
export interface ObjectRequest {
  namespace: string | undefined;
  /** Absent where it is created. */
  name: string | undefined;
  method: string;
  body: unknown;
  url: URL;
}

export const NOT_FOUND = { kind: 'Status', code: 404, reason: 'NotFound' };
const CONFLICT = { kind: 'Status', code: 409, reason: 'Conflict' };
const EXISTS = { ...CONFLICT, reason: 'AlreadyExists' };

/** Reads, creates, replaces or deletes one Telemetry, as its version allows. */
export function answerObject(
  cluster: SimulatedCluster,
  asked: ObjectRequest,
  response: http.ServerResponse,
): void {
  const object = asked.body as KubernetesObject | undefined;
  const key = `${asked.namespace}/${asked.name ?? object?.metadata?.name}`;
  const known = cluster.telemetries.get(key);
  if (asked.method === 'post' && object) {
    if (known) {
      answer(response, 409, EXISTS);
    } else {
      answer(response, 201, created(cluster, asked, object));
    }
  } else if (!known) {
    answer(response, 404, NOT_FOUND);
  } else if (asked.method === 'get') {
    answer(response, 200, known);
  } else if (!isExpected(asked, known)) {
    answer(response, 409, CONFLICT);
  } else {
    answer(response, 200, changed(cluster, asked, { key, known }));
  }
}

function isDryRun({ url }: ObjectRequest): boolean {
  return url.searchParams.has('dryRun');
}

function created(
  cluster: SimulatedCluster,
  asked: ObjectRequest,
  object: KubernetesObject,
): KubernetesObject {
  const metadata = {
    ...object.metadata,
    ...(asked.namespace ? { namespace: asked.namespace } : {}),
    uid: randomUUID(),
    resourceVersion: '1',
    creationTimestamp: new Date().toISOString(),
  };
  const whole = { ...object, metadata };
  return isDryRun(asked) ? whole : cluster.put(whole, 'ADDED');
}

/** Whether the request is about the version that is there. */
function isExpected({ body }: ObjectRequest, known: KubernetesObject): boolean {
  const { preconditions, metadata } = (body ?? {}) as {
    preconditions?: { resourceVersion?: string };
    metadata?: { resourceVersion?: string };
  };
  const expected = preconditions?.resourceVersion ?? metadata?.resourceVersion;
  return !expected || expected === known.metadata.resourceVersion;
}

function changed(
  cluster: SimulatedCluster,
  asked: ObjectRequest,
  { key, known }: { key: string; known: KubernetesObject },
): unknown {
  if (asked.method === 'put') {
    const object = asked.body as KubernetesObject;
    const { uid } = known.metadata;
    const whole = { ...object, metadata: { ...object.metadata, uid } };
    return isDryRun(asked) ? whole : cluster.put(whole, 'MODIFIED');
  }
  if (!isDryRun(asked)) {
    cluster.remove(key);
  }
  return { kind: 'Status', status: 'Success' };
}
