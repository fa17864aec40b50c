import { readFileSync, renameSync, writeFileSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createLabLayout, type LabLayout } from '../layout/LabLayout';
import { LAB_PROFILES } from '../layout/LabProfile';

const stateSchema = z.object({
  name: z.string(),
  block: z.string().regex(/^127\.\d+\.\d+$/),
  profile: z.enum(LAB_PROFILES).default('plain'),
  phase: z.enum(['starting', 'up']),
  startedAtMs: z.number(),
  /** Of the steady load; absent while none was asked for. */
  requestsPerSecond: z.number().positive().optional(),
});

/** What a lab remembers of itself while it exists. */
export type LabState = z.infer<typeof stateSchema>;

/** Folders and files of one lab; nothing of it lies anywhere else. */
export interface LabPaths {
  /** Folder of every lab of this user. */
  root: string;
  /** This lab's folder: kubeconfigs, certificates, logs, process ids, data. */
  folder: string;
  /** Held while the lab starts or stops. */
  lock: string;
  /** Asks a start that is under way to give up. */
  cancel: string;
}

/** Set in each process of a lab, to find those whose id nobody wrote down. */
export const LAB_VARIABLE = 'MESH_TRACING_LAB';

/**
 * Where a lab of this name keeps its state.
 *
 * @throws Error for a name that isn't fit for a file name
 */
export function labPaths(name: string): LabPaths {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
    throw new Error(
      `"${name}" can't name a lab: use lower-case letters, digits and hyphens.`,
    );
  }
  const state =
    process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const root = join(state, 'mesh-tracing', 'lab');
  return {
    root,
    folder: join(root, name),
    lock: join(root, `${name}.lock`),
    cancel: join(root, `${name}.cancel`),
  };
}

/** The state in a lab's folder; undefined if there is none to be read. */
export function readLabState(folder: string): LabState | undefined {
  try {
    const text = readFileSync(join(folder, 'state.json'), 'utf8');
    return stateSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Replaces the state in one step. */
export function writeLabState(folder: string, state: LabState): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, 'state.json.partial');
  writeFileSync(temporary, JSON.stringify(state, null, 2));
  renameSync(temporary, join(folder, 'state.json'));
}

/** Where the programs of a lab listen. */
export function layoutOf(state: LabState): LabLayout {
  return createLabLayout(state.block, state.profile);
}
