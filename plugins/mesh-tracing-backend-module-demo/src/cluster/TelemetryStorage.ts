import { randomUUID } from 'node:crypto';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type {
  TelemetryWriteOptions,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import { rfc3339 } from '../shared/rfc3339';
import { isEqual } from './isEqual';

const RESOURCE = 'telemetries.telemetry.istio.io';
const ACCOUNT = 'system:serviceaccount:backstage:mesh-tracing';
const FIELD_MANAGER = 'mesh-tracing';
// RFC 1123 subdomain.
const OBJECT_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

export interface TelemetryStorageOptions {
  namespaces: readonly string[];
  writableNamespaces: ReadonlySet<string>;
  nowMs: () => number;
  /** Judges the content of an object; throws to refuse it, returns warnings. */
  admit: (telemetry: Telemetry) => string[];
}

/**
 * Telemetries with the rules that a Kubernetes API server keeps for any object:
 * names, versions, preconditions, dry runs.
 */
export class TelemetryStorage {
  readonly #options: TelemetryStorageOptions;
  readonly #objects = new Map<string, Telemetry>();
  #version = 41_870;

  constructor(options: TelemetryStorageOptions) {
    this.#options = options;
  }

  /** Objects that exist from the beginning; their metadata is completed. */
  seed(telemetries: Telemetry[]): void {
    for (const telemetry of telemetries) {
      const { namespace, name } = telemetry.metadata;
      this.#objects.set(keyOf(namespace, name), {
        ...telemetry,
        metadata: {
          ...telemetry.metadata,
          uid: randomUUID(),
          resourceVersion: this.#nextVersion(),
          generation: 1,
        },
      });
    }
  }

  list(): Telemetry[] {
    return [...this.#objects.values()].map(object => structuredClone(object));
  }

  get(namespace: string, name: string): Telemetry | undefined {
    const found = this.#objects.get(keyOf(namespace, name));
    return found && structuredClone(found);
  }

  create(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): TelemetryWriteResult {
    const { namespace, name, resourceVersion } = telemetry.metadata;
    this.#authorize('create', namespace);
    if (!this.#options.namespaces.includes(namespace)) {
      throw new NotFoundError(`namespaces "${namespace}" not found`);
    }
    if (!OBJECT_NAME.test(name)) {
      throw new InputError(
        `${RESOURCE} "${name}" is invalid: metadata.name: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
      );
    }
    if (resourceVersion) {
      throw new InputError(
        'metadata.resourceVersion should not be set on objects to be created',
      );
    }
    const warnings = this.#options.admit(telemetry);
    if (this.#objects.has(keyOf(namespace, name))) {
      throw new ConflictError(`${RESOURCE} "${name}" already exists`);
    }
    const now = rfc3339(this.#options.nowMs());
    const stored = this.#put(
      {
        ...structuredClone(telemetry),
        metadata: {
          ...structuredClone(telemetry.metadata),
          uid: randomUUID(),
          generation: 1,
          creationTimestamp: now,
          managedFields: managedBy(telemetry, [], now),
        },
      },
      options,
    );
    return { telemetry: stored, warnings };
  }

  replace(
    telemetry: Telemetry,
    options?: TelemetryWriteOptions,
  ): TelemetryWriteResult {
    const { namespace, name, uid, resourceVersion } = telemetry.metadata;
    this.#authorize('update', namespace);
    const current = this.#existing(namespace, name);
    const { metadata } = current;
    if (!resourceVersion) {
      throw new InputError(
        `${RESOURCE} "${name}" is invalid: metadata.resourceVersion: must be specified for an update`,
      );
    }
    if (uid && uid !== metadata.uid) {
      throw preconditionFailed(name, 'UID', uid, metadata.uid);
    }
    if (resourceVersion !== metadata.resourceVersion) {
      throw new ConflictError(
        `Operation cannot be fulfilled on ${RESOURCE} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      );
    }
    const warnings = this.#options.admit(telemetry);
    const hasNewSpec = !isEqual(telemetry.spec, current.spec);
    const isSame =
      !hasNewSpec &&
      isEqual(telemetry.metadata.labels, metadata.labels) &&
      isEqual(telemetry.metadata.annotations, metadata.annotations);
    if (isSame) {
      return { telemetry: structuredClone(current), warnings };
    }
    const now = rfc3339(this.#options.nowMs());
    const stored = this.#put(
      {
        ...structuredClone(telemetry),
        metadata: {
          ...structuredClone(telemetry.metadata),
          uid: metadata.uid,
          creationTimestamp: metadata.creationTimestamp,
          generation: (metadata.generation ?? 1) + (hasNewSpec ? 1 : 0),
          managedFields: managedBy(
            telemetry,
            metadata.managedFields ?? [],
            now,
          ),
        },
      },
      options,
    );
    return { telemetry: stored, warnings };
  }

  delete(
    namespace: string,
    name: string,
    precondition: { uid: string; resourceVersion: string },
    options?: TelemetryWriteOptions,
  ): void {
    this.#authorize('delete', namespace);
    const { metadata } = this.#existing(namespace, name);
    if (precondition.uid !== metadata.uid) {
      throw preconditionFailed(name, 'UID', precondition.uid, metadata.uid);
    }
    if (precondition.resourceVersion !== metadata.resourceVersion) {
      throw preconditionFailed(
        name,
        'ResourceVersion',
        precondition.resourceVersion,
        metadata.resourceVersion,
      );
    }
    if (!options?.dryRun) {
      this.#objects.delete(keyOf(namespace, name));
      this.#nextVersion();
    }
  }

  #put(telemetry: Telemetry, options?: TelemetryWriteOptions): Telemetry {
    const { namespace, name } = telemetry.metadata;
    if (options?.dryRun) {
      return telemetry;
    }
    telemetry.metadata.resourceVersion = this.#nextVersion();
    this.#objects.set(keyOf(namespace, name), telemetry);
    return structuredClone(telemetry);
  }

  #authorize(verb: string, namespace: string): void {
    if (!this.#options.writableNamespaces.has(namespace)) {
      throw new NotAllowedError(
        `${RESOURCE} is forbidden: User "${ACCOUNT}" cannot ${verb} resource "telemetries" in API group "telemetry.istio.io" in the namespace "${namespace}"`,
      );
    }
  }

  #existing(namespace: string, name: string): Telemetry {
    const found = this.#objects.get(keyOf(namespace, name));
    if (!found) {
      throw new NotFoundError(`${RESOURCE} "${name}" not found`);
    }
    return found;
  }

  #nextVersion(): string {
    this.#version += 1;
    return String(this.#version);
  }
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function preconditionFailed(
  name: string,
  what: string,
  wanted: string,
  found: string | undefined,
): ConflictError {
  return new ConflictError(
    `Operation cannot be fulfilled on ${RESOURCE} "${name}": Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${found}`,
  );
}

function managedBy(
  telemetry: Telemetry,
  earlier: NonNullable<Telemetry['metadata']['managedFields']>,
  time: string,
): NonNullable<Telemetry['metadata']['managedFields']> {
  const specFields = Object.keys(telemetry.spec ?? {}).map(field => [
    `f:${field}`,
    {},
  ]);
  return [
    ...earlier.filter(entry => entry.manager !== FIELD_MANAGER),
    {
      manager: FIELD_MANAGER,
      operation: 'Update',
      time,
      fieldsV1: { 'f:spec': Object.fromEntries(specFields) },
    },
  ];
}
