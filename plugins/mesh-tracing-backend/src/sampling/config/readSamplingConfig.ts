import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import { readDurationFromConfig } from '@backstage/config';
import type { Config } from '@backstage/config';
import type { HumanDuration } from '@backstage/types';
import {
  isAlwaysDeniedHeader,
  OVERRIDE_SCOPES,
} from 'backstage-plugin-mesh-tracing-common';
import type { CustomTagKind } from 'backstage-plugin-mesh-tracing-common';
import { Duration } from 'luxon';
import { errorText } from '../../shared/errorText';
import type { SamplingConfig } from './SamplingConfig';

const KINDS: CustomTagKind[] = [
  'literal',
  'header',
  'environment',
  'formatter',
];
const ROOT = 'meshTracing.sampling';

/**
 * Reads `meshTracing.sampling` and `meshTracing.history`.
 *
 * @throws Error with the path of the wrong value and what it should be.
 */
export function readSamplingConfig(root: Config): SamplingConfig {
  const config = root.getOptionalConfig(ROOT);
  return {
    writers: oneOf(config, 'writers', ['owners', 'permission'], 'owners'),
    actForOwners: config?.getOptionalBoolean('actForOwners') ?? false,
    maxPercentage: numberIn(config, 'maxPercentage', {
      min: 0,
      max: 100,
      fallback: 100,
    }),
    maxDurationMs: duration(root, `${ROOT}.maxDuration`, { hours: 24 }),
    allowPermanent: config?.getOptionalBoolean('allowPermanent') ?? false,
    namespaces: {
      allow: config?.getOptionalStringArray('namespaces.allow'),
      deny: config?.getOptionalStringArray('namespaces.deny') ?? [],
    },
    scopes: someOf(config, 'scopes', OVERRIDE_SCOPES, ['workload']),
    customTags: {
      max: numberIn(config, 'customTags.max', {
        min: 0,
        max: 100,
        fallback: 16,
        integer: true,
      }),
      kinds: someOf(config, 'customTags.kinds', KINDS, KINDS),
      denyHeaders: headers(config, 'customTags.denyHeaders'),
      allowHeaders: headers(config, 'customTags.allowHeaders').map(allowable),
      allowEnvironment: (
        config?.getOptionalStringArray('customTags.allowEnvironment') ?? []
      ).map(name => name.trim()),
    },
    fields: {
      provider: config?.getOptionalBoolean('fields.provider') ?? false,
      disableSpanReporting:
        config?.getOptionalBoolean('fields.disableSpanReporting') ?? false,
      disableContextPropagation:
        config?.getOptionalBoolean('fields.disableContextPropagation') ?? false,
    },
    gitOps: {
      template: readTemplate(config),
      namespaces: config?.getOptionalStringArray('gitOps.namespaces') ?? [],
      unreadableNamespaces: oneOf(
        config,
        'gitOps.unreadableNamespaces',
        ['allow', 'refuse'],
        'allow',
      ),
    },
    reasonRequired:
      oneOf(config, 'reason', ['required', 'optional'], 'optional') ===
      'required',
    rateLimit: numberIn(config, 'rateLimit', {
      min: 1,
      max: 100_000,
      fallback: 20,
      integer: true,
    }),
    otherWorkloads: oneOf(
      config,
      'otherWorkloads',
      ['none', 'entity', 'any'],
      'entity',
    ),
    historyRetentionMs: duration(root, 'meshTracing.history.retention', {
      days: 400,
    }),
  };
}

function headers(config: Config | undefined, key: string): string[] {
  return (config?.getOptionalStringArray(key) ?? []).map(name =>
    name.trim().toLowerCase(),
  );
}

function allowable(name: string, index: number): string {
  if (isAlwaysDeniedHeader(name)) {
    throw new Error(
      `${ROOT}.customTags.allowHeaders[${index}] is '${name}', which carries a secret and is never allowed; remove it`,
    );
  }
  return name;
}

function someOf<T extends string>(
  config: Config | undefined,
  key: string,
  values: readonly T[],
  fallback: T[],
): T[] {
  const given = config?.getOptionalStringArray(key);
  return given === undefined
    ? fallback
    : given.map((item, index) => {
        const known = values.find(value => value === item);
        if (!known) {
          throw new Error(
            `${ROOT}.${key}[${index}] is '${item}'; use any of ${values.join(
              ', ',
            )}`,
          );
        }
        return known;
      });
}

/** A full ref, such as `template:default/change-telemetry`. */
function readTemplate(config: Config | undefined): string | undefined {
  const given = config?.getOptionalString('gitOps.template');
  if (given === undefined) {
    return undefined;
  }
  const wrong = (why: string) =>
    new Error(
      `${ROOT}.gitOps.template is '${given}', ${why}; write for example template:default/change-telemetry`,
    );
  let ref: CompoundEntityRef;
  try {
    ref = parseEntityRef(given, {
      defaultKind: 'template',
      defaultNamespace: 'default',
    });
  } catch {
    throw wrong('which is no entity ref');
  }
  if (ref.kind.toLowerCase() !== 'template') {
    throw wrong('which is no template');
  }
  return stringifyEntityRef(ref);
}

function oneOf<T extends string>(
  config: Config | undefined,
  key: string,
  values: readonly T[],
  fallback: T,
): T {
  const given = config?.getOptionalString(key);
  if (given === undefined) {
    return fallback;
  }
  const known = values.find(value => value === given);
  if (!known) {
    throw new Error(
      `${ROOT}.${key} is '${given}'; use one of ${values.join(', ')}`,
    );
  }
  return known;
}

function numberIn(
  config: Config | undefined,
  key: string,
  bounds: { min: number; max: number; fallback: number; integer?: boolean },
): number {
  const value = config?.getOptionalNumber(key);
  if (value === undefined) {
    return bounds.fallback;
  }
  const fits =
    value >= bounds.min &&
    value <= bounds.max &&
    (!bounds.integer || Number.isInteger(value));
  if (!fits) {
    throw new Error(
      `${ROOT}.${key} is ${value}; it must be a ${
        bounds.integer ? 'whole ' : ''
      }number from ${bounds.min} to ${bounds.max}`,
    );
  }
  return value;
}

function duration(root: Config, path: string, fallback: HumanDuration): number {
  if (!root.has(path)) {
    return Duration.fromObject(fallback).toMillis();
  }
  let ms: number;
  try {
    ms = Duration.fromObject(
      readDurationFromConfig(root, { key: path }),
    ).toMillis();
  } catch (error) {
    throw new Error(
      `${path} is not a duration; write for example { hours: 24 } or '24h' (${errorText(
        error,
      )})`,
    );
  }
  if (!(ms > 0)) {
    throw new Error(`${path} must be longer than nothing`);
  }
  return ms;
}
