import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { shortened } from 'backstage-plugin-mesh-tracing-common';
import { CONFIG_KEYS, type ConfigKeys } from './configKeys';
import { nearestText } from './nearestText';

const ROOT = 'meshTracing';
/** The keys of Backstage's `HumanDuration`. */
const DURATION: ConfigKeys = {
  years: 'value',
  months: 'value',
  weeks: 'value',
  days: 'value',
  hours: 'value',
  minutes: 'value',
  seconds: 'value',
  milliseconds: 'value',
};

type Section = Exclude<ConfigKeys, string>;

function sectionOf(keys: ConfigKeys): Section | undefined {
  if (typeof keys === 'object') {
    return keys;
  }
  return keys === 'duration' ? (DURATION as Section) : undefined;
}

/** Paths of the configuration where a key of this very name is known. */
function homesOf(key: string, keys: ConfigKeys, path: string): string[] {
  return typeof keys === 'string'
    ? []
    : Object.entries(keys).flatMap(([name, inner]) => [
        ...(name === key ? [`${path}.${name}`] : []),
        ...homesOf(key, inner, `${path}.${name}`),
      ]);
}

function problem(key: string, section: Section, path: string): string {
  const known = Object.keys(section);
  const nearest = nearestText(key, known);
  const homes = homesOf(key, CONFIG_KEYS, ROOT);
  const [hint] = [
    ...(nearest ? [`write ${nearest}`] : []),
    ...(homes.length > 0 ? [`it belongs to ${homes.join(' or ')}`] : []),
    'remove it',
  ];
  return `${path}.${shortened(
    key,
  )} is not known; ${hint} (known there: ${known.join(', ')})`;
}

function problemsIn(value: unknown, keys: ConfigKeys, path: string): string[] {
  const section = sectionOf(keys);
  if (!section || typeof value !== 'object' || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      problemsIn(item, keys, `${path}[${index}]`),
    );
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const allowed = Object.hasOwn(section, key) ? section[key] : undefined;
    return allowed === undefined
      ? [problem(key, section, path)]
      : problemsIn(inner, allowed, `${path}.${key}`);
  });
}

/**
 * Refuses keys below `meshTracing` that nobody reads: a misspelt guard rail would
 * otherwise silently not be in force.
 *
 * @throws InputError with the path of each unknown key, and the key that was meant
 */
export function checkConfigKeys(config: Config): void {
  const problems = problemsIn(config.getOptional(ROOT), CONFIG_KEYS, ROOT);
  if (problems.length > 0) {
    throw new InputError(`Configuration ${problems.join('; ')}`);
  }
}
