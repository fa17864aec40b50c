import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { formatYaml, parseYaml } from 'backstage-plugin-mesh-tracing-common';
import { buildPrograms } from '../build/buildPrograms';
import { labPath } from '../labPath';
import { Random } from '../checks/Random';
import { compareMeshConfigs } from './compareMeshConfigs';
import { readDeclarations } from './Declarations';
import { generateMeshText } from './generateMeshText';
import { oddValue, plainScalar } from './generateYaml';
import { MeshReader } from './MeshReader';

/** How a comparison with Istio's own readers runs. */
export interface MeshConfigCheckOptions {
  /** How many mesh configs, and how many texts of YAML of each kind. */
  count: number;
  seed: number;
  signal: AbortSignal;
  print: (line: string) => void;
}

/** The product's copy of what Istio's API declares. */
const SCHEMA_FILE = labPath(
  '../plugins/mesh-tracing-common/src/meshconfig/protojson/meshConfigSchema.ts',
);

/** A difference in words, if there is one. */
type Check = (random: Random) => Promise<string | undefined>;

/**
 * Compares the product's reader of mesh configs, its reader of YAML and the
 * YAML that it hands out with Istio's own readers.
 *
 * @returns true when they agree in everything
 */
export async function runMeshConfigCheck(
  options: MeshConfigCheckOptions,
): Promise<boolean> {
  const { print, signal } = options;
  await buildPrograms({ only: 'meshreader', signal, log: print });
  const schema = await MeshReader.schema();
  const reader = MeshReader.start();
  try {
    return await compareAll(options, reader, schema);
  } finally {
    reader.stop();
  }
}

async function compareAll(
  options: MeshConfigCheckOptions,
  reader: MeshReader,
  schema: string,
): Promise<boolean> {
  const { print } = options;
  const same = readFileSync(SCHEMA_FILE, 'utf8').includes(schema);
  if (!same) print('meshConfigSchema.ts is not what the API of Istio declares');
  const tally = { passed: Number(same), failed: Number(!same) };
  const declarations = readDeclarations(schema);
  let taken = 0;
  const meshConfigs: Check = async random => {
    const texts = Array.from({ length: random.pick([1, 1, 2]) }, () =>
      generateMeshText(random, declarations),
    );
    const { refused, difference } = await compareMeshConfigs(
      reader,
      declarations,
      texts,
    );
    taken += texts.length - refused;
    return difference && `${difference}\n${texts.join('\n=====\n')}`;
  };
  await repeat(options, tally, 'mesh configs', meshConfigs);
  print(`${taken} texts of them taken by Istio`);
  await repeat(options, tally, 'scalars', random =>
    compareReading(reader, `a: ${plainScalar(random)}\n`),
  );
  await repeat(options, tally, 'values handed out as YAML', random =>
    compareWriting(reader, { value: oddValue(random) }),
  );
  print(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0;
}

async function repeat(
  { count, seed, signal, print }: MeshConfigCheckOptions,
  tally: { passed: number; failed: number },
  what: string,
  check: Check,
): Promise<void> {
  let mismatches = 0;
  for (let i = 0; i < count; i += 1) {
    signal.throwIfAborted();
    const difference = await check(Random.of(seed, what.length, i));
    if (difference === undefined) {
      tally.passed += 1;
    } else {
      mismatches += 1;
      tally.failed += 1;
      print(`---\nnumber ${i}: ${difference}`);
    }
  }
  print(`${count} ${what} compared, ${mismatches} mismatches`);
}

async function compareReading(
  reader: MeshReader,
  text: string,
): Promise<string | undefined> {
  const theirs = await reader.yaml(text);
  let ours: unknown;
  try {
    ours = parseYaml(text);
  } catch {
    return theirs.errors ? undefined : `only the product refuses ${text}`;
  }
  return !theirs.errors && isDeepStrictEqual(theirs.value, ours)
    ? undefined
    : `${text}: Istio has ${JSON.stringify(
        theirs,
      )}, the product ${JSON.stringify(ours)}`;
}

async function compareWriting(
  reader: MeshReader,
  value: unknown,
): Promise<string | undefined> {
  const text = formatYaml(value);
  const theirs = await reader.yaml(text);
  return isDeepStrictEqual(theirs.value, value)
    ? undefined
    : `${JSON.stringify(
        value,
      )} was written as\n${text}and is read as ${JSON.stringify(theirs)}`;
}
