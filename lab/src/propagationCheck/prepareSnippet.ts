import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PropagationSnippet } from 'backstage-plugin-mesh-tracing-common';
import { cacheFolder } from '../build/programs';
import { run } from '../build/run';
import { labPath } from '../labPath';

/** How to run a prepared program. */
export interface SnippetCommand {
  command: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
}

type Language = PropagationSnippet['language'];

const AGENT = 'opentelemetry-javaagent';

/** What each language needs of this machine. */
const NEEDED: Record<Language, string[]> = {
  node: [],
  python: ['python3'],
  go: ['go'],
  java: ['java', 'javac'],
};

/** What OpenTelemetry's packages are fetched with. */
const CLIENTS: Record<Language, string[]> = {
  node: ['npm'],
  python: ['python3'],
  go: ['go'],
  java: ['mvn'],
};

/**
 * Makes a program ready to run, with its packages, in a folder of the user's cache.
 * Its text is that which the product shows.
 *
 * @returns `skipped`, with the reason, where this machine lacks its language
 * @throws Error when packages can't be had
 */
export async function prepareSnippet(
  snippet: PropagationSnippet,
  signal: AbortSignal,
): Promise<SnippetCommand | { skipped: string }> {
  const { language, way } = snippet;
  const needed = [
    ...NEEDED[language],
    ...(way === 'opentelemetry' ? CLIENTS[language] : []),
  ];
  for (const program of new Set(needed)) {
    if (!(await isThere(program, signal))) {
      return { skipped: `this machine has no ${program}` };
    }
  }
  const folder = folderOf(snippet);
  if (!existsSync(folder)) {
    await build(snippet, folder, signal);
  }
  return commandOf(snippet, folder);
}

async function isThere(program: string, signal: AbortSignal): Promise<boolean> {
  try {
    await run('sh', ['-c', `command -v ${program}`], { cwd: '/', signal });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

function manifestsOf(language: Language): string[] {
  const folder = labPath('modules', 'snippets', language);
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map(file => join(folder, file))
    : [];
}

/** Another one when the program or its packages change. */
function folderOf(snippet: PropagationSnippet): string {
  const { language, way, text } = snippet;
  const hash = createHash('sha256').update(text);
  if (way === 'opentelemetry') {
    manifestsOf(language).forEach(file => hash.update(readFileSync(file)));
  }
  const key = hash.digest('hex').slice(0, 12);
  return join(cacheFolder(), `snippet-${language}-${way}-${key}`);
}

async function build(
  { language, way, file, text }: PropagationSnippet,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const cwd = `${folder}.${process.pid}.tmp`;
  mkdirSync(cwd, { recursive: true });
  try {
    writeFileSync(join(cwd, file), text);
    if (way === 'opentelemetry') {
      manifestsOf(language).forEach(from =>
        copyFileSync(from, join(cwd, from.split('/').at(-1) as string)),
      );
      await fetchPackages(language, cwd, signal);
    }
    if (language === 'go') {
      const source = way === 'by-hand' ? [file] : [];
      await run('go', ['build', '-o', 'service', ...source], {
        cwd,
        env: { GOWORK: 'off' },
        signal,
      });
    } else if (language === 'java') {
      await run('javac', ['-d', '.', file], { cwd, signal });
    }
    renameSync(cwd, folder);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function fetchPackages(
  language: Language,
  cwd: string,
  signal: AbortSignal,
): Promise<void> {
  const options = { cwd, signal };
  if (language === 'node') {
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', '--no-package-lock', ...quiet], options);
  } else if (language === 'python') {
    const target = ['--target', 'site', '-r', 'requirements.txt'];
    await run('python3', ['-m', 'pip', 'install', '-q', ...target], options);
  } else if (language === 'java') {
    const { agent } = JSON.parse(
      readFileSync(join(cwd, 'agent.json'), 'utf8'),
    ) as { agent: string };
    await run(
      'mvn',
      [
        '-q',
        'dependency:copy',
        `-Dartifact=io.opentelemetry.javaagent:${AGENT}:${agent}`,
        '-DoutputDirectory=.',
        '-Dmdep.stripVersion=true',
      ],
      options,
    );
  }
}

function commandOf(
  { language, way, file }: PropagationSnippet,
  cwd: string,
): SnippetCommand {
  const isByHand = way === 'by-hand';
  switch (language) {
    case 'node': {
      const register = '@opentelemetry/auto-instrumentations-node/register';
      const required = isByHand ? [] : ['--require', register];
      return { command: process.execPath, args: [...required, file], cwd };
    }
    case 'python':
      return isByHand
        ? { command: 'python3', args: [file], cwd }
        : {
            command: 'python3',
            args: ['site/bin/opentelemetry-instrument', 'python3', file],
            cwd,
            env: { PYTHONPATH: join(cwd, 'site') },
          };
    case 'go':
      return { command: join(cwd, 'service'), args: [], cwd };
    default: {
      const agent = isByHand ? [] : [`-javaagent:${AGENT}.jar`];
      return { command: 'java', args: [...agent, '-cp', '.', 'Service'], cwd };
    }
  }
}
