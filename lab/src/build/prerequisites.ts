import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { LabProfile } from '../layout/LabProfile';
import { programsOf, programFolder } from './programs';

/** What a lab on this machine still needs. @public */
export interface LabPrerequisites {
  /** True when a lab can be built and run here. */
  present: boolean;
  /** What is missing, and how to have it. */
  missing: Array<{ what: string; how: string }>;
}

const MINIMUM_GO_MINOR = 21;

function output(command: string, args: string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    env: process.env,
  });
  return status === 0 ? stdout : undefined;
}

function hasGo(): boolean {
  const version = output('go', ['version']);
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  return (
    Number(major) > 1 ||
    (Number(major) === 1 && Number(minor) >= MINIMUM_GO_MINOR)
  );
}

/** What a production profile runs that is not built here. */
function missingForProduction(
  buildsJava: boolean,
): LabPrerequisites['missing'] {
  const tools = [
    {
      command: 'java',
      args: ['-version'],
      what: 'Java 17 or newer',
      how: 'install the package default-jdk-headless of your system',
    },
    {
      command: 'prometheus',
      args: ['--version'],
      what: 'Prometheus',
      how: 'install the package prometheus of your system; the lab runs one of its own',
    },
    ...(buildsJava
      ? [
          {
            command: 'mvn',
            args: ['--version'],
            what: 'Maven',
            how: 'install the package maven of your system',
          },
        ]
      : []),
  ];
  return tools
    .filter(({ command, args }) => output(command, args) === undefined)
    .map(({ what, how }) => ({ what, how }));
}

/**
 * Looks whether a lab of this profile can run here. Toolchains count only as long
 * as a program of theirs isn't built yet.
 * @public
 */
export function prerequisites(profile: LabProfile = 'plain'): LabPrerequisites {
  const missing: LabPrerequisites['missing'] = [];
  const toBuild = programsOf(profile)
    .filter(program => !existsSync(programFolder(program)))
    .map(({ source }) => source.kind);
  if (process.platform !== 'linux') {
    missing.push({
      what: 'Linux',
      how: 'run it in a Linux machine or virtual machine: the lab needs the whole of 127.0.0.0/8 and /proc',
    });
  }
  if (toBuild.includes('go') && !hasGo()) {
    missing.push({
      what: `Go 1.${MINIMUM_GO_MINOR} or newer (1.26 is fetched by it if need be)`,
      how: 'install a current Go toolchain and have `go` on the PATH',
    });
  }
  if (
    toBuild.includes('wheel') &&
    output('python3', ['-m', 'pip', '--version']) === undefined
  ) {
    missing.push({
      what: 'Python 3 with pip',
      how: 'install the packages python3 and python3-pip of your system',
    });
  }
  if (profile === 'production') {
    missing.push(...missingForProduction(toBuild.includes('maven')));
  }
  return { present: missing.length === 0, missing };
}
