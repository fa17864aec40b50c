import { readFileSync } from 'node:fs';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { StoreAuth } from './StoreAuth';

// Each of these throws an InputError with the path in the configuration and what to
// write instead.

export function readAuth(
  auth: Config | undefined,
  path: string,
): StoreAuth | undefined {
  switch (auth?.getOptionalString('type')) {
    case undefined:
      if (auth) {
        throw wrong(`${path}.type`, 'is missing; use none, bearer or basic');
      }
      return undefined;
    case 'none':
      return { type: 'none' };
    case 'bearer':
      return {
        type: 'bearer',
        token: required(auth, path, 'token', 'bearer needs it'),
      };
    case 'basic':
      return {
        type: 'basic',
        username: required(auth, path, 'username', 'basic needs it'),
        password: required(auth, path, 'password', 'basic needs it'),
      };
    default:
      throw wrong(`${path}.type`, 'is unknown; use none, bearer or basic');
  }
}

export function readTls(tls: Config | undefined, path: string) {
  const caFile = tls?.getOptionalString('caFile');
  return (
    tls &&
    withoutUndefined({
      ca: caFile === undefined ? undefined : readPem(caFile, `${path}.caFile`),
      insecureSkipVerify: tls.getOptionalBoolean('insecureSkipVerify'),
    })
  );
}

function readPem(file: string, path: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = isError(error) ? error.code : undefined;
    throw wrong(
      path,
      `can not be read (${
        code ?? 'unknown error'
      }); name a file with a certificate authority in PEM`,
    );
  }
}

export function readUrl(url: string, path: string): string {
  return checkedUrl(url, `${path}.url`);
}

export function readOptionalUrl(
  config: Config,
  path: string,
  key: string,
): string | undefined {
  const url = config.getOptionalString(key);
  return url === undefined ? undefined : checkedUrl(url, `${path}.${key}`);
}

function checkedUrl(url: string, path: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) {
    throw wrong(path, 'is not an http or https URL');
  }
  if (parsed.username || parsed.password) {
    throw wrong(path, 'holds credentials; move them to auth');
  }
  return url;
}

export function readTimeout(config: Config, path: string): number | undefined {
  if (!config.has('timeout')) {
    return undefined;
  }
  try {
    return durationToMilliseconds(
      readDurationFromConfig(config, { key: 'timeout' }),
    );
  } catch {
    throw wrong(
      `${path}.timeout`,
      'is not a duration; write for example { seconds: 10 } or 10s',
    );
  }
}

export function readWhole(
  config: Config,
  path: string,
  key: string,
  min: number,
  max: number,
): number | undefined {
  const value = config.getOptionalNumber(key);
  if (
    value !== undefined &&
    !(Number.isInteger(value) && value >= min && value <= max)
  ) {
    throw wrong(
      `${path}.${key}`,
      `is ${value}; it must be a whole number from ${min} to ${max}`,
    );
  }
  return value;
}

export function readOneOf<T extends string>(
  config: Config,
  path: string,
  key: string,
  values: readonly T[],
): T | undefined {
  const given = config.getOptionalString(key);
  const known = values.find(value => value === given);
  if (given !== undefined && !known) {
    throw wrong(
      `${path}.${key}`,
      `is '${given}'; use one of ${values.join(', ')}`,
    );
  }
  return known;
}

export function required(
  config: Config,
  path: string,
  key: string,
  hint: string,
): string {
  const value = config.getOptionalString(key);
  if (!value) {
    throw wrong(`${path}.${key}`, `is missing; ${hint}`);
  }
  return value;
}

export function wrong(path: string, what: string): InputError {
  return new InputError(`Configuration ${path} ${what}`);
}

export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as T;
}
