import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { DiagnosisMend } from 'backstage-plugin-mesh-tracing-common';
import { parse } from 'yaml';
import type { BrokenSetup } from '../PlantedSetup';
import type { MeshLab } from '../lab/MeshLab';
import type { PortalConfig } from '../portal/portalConfig';
import { changeSampling } from './changeSampling';
import { mergeConfig, substituteEnvironment } from './mergeConfig';
import { runCommand } from './runCommand';

/** A mend that is given in words alone, where the first lets one look closer. */
export function inWords({ kind }: DiagnosisMend): boolean {
  return kind === 'advice';
}

/** The mend that is tried: the first, or the one that the set-up wants. */
export function chooseMend(
  mends: readonly DiagnosisMend[],
  wanted: (mend: DiagnosisMend) => boolean = () => true,
): DiagnosisMend {
  const chosen = mends.find(wanted);
  if (!chosen) {
    throw new Error(`The rung offers no such mend: ${JSON.stringify(mends)}`);
  }
  return chosen;
}

/**
 * Asks the API server about every object that a rung hands out, without writing it.
 *
 * @throws Error with its words where it refuses one
 */
export async function checkObjects(
  lab: MeshLab,
  mends: readonly DiagnosisMend[],
): Promise<void> {
  const { admin } = lab.endpoints.kubeconfig;
  for (const mend of mends) {
    if (mend.kind === 'yaml' && isObject(mend.yaml)) {
      await runCommand('kubectl apply --dry-run=server -f -', admin, mend.yaml);
    }
  }
}

/** Whether YAML is for the cluster; else it is for the entity's catalog file. */
function isObject(yaml: string): boolean {
  return /^kind:/m.test(yaml);
}

function configure(
  lab: MeshLab,
  yaml: string,
  environment: Record<string, string> = {},
): Promise<void> {
  const over = parse(substituteEnvironment(yaml, environment)) as JsonObject;
  // As it stands in the file of the portal that is restarted.
  const under = { meshTracing: lab.runningConfig as unknown as JsonObject };
  const { meshTracing } = mergeConfig(under, over);
  return lab.portalWith(() => meshTracing as unknown as PortalConfig);
}

/** Writes a part of an entity's file in the catalog. */
function describeEntity(
  lab: MeshLab,
  name: string,
  yaml: string,
): Promise<void> {
  const over = parse(yaml) as JsonObject;
  return lab.portalWith(
    () => lab.runningConfig,
    entities =>
      entities.map(entity =>
        entity.metadata.name === name
          ? (mergeConfig(
              entity as unknown as JsonObject,
              over,
            ) as unknown as Entity)
          : entity,
      ),
  );
}

async function act(
  lab: MeshLab,
  setup: BrokenSetup,
  mend: Extract<DiagnosisMend, { kind: 'action' }>,
): Promise<void> {
  if (setup.byHand) return setup.byHand(lab, mend);
  if (mend.action === 'change-sampling') return changeSampling(lab, setup);
  throw new Error(`Nobody carries on after the button ${mend.action}.`);
}

/** What the controllers of a cluster do once an object says so. */
async function follow(lab: MeshLab, setup: BrokenSetup): Promise<void> {
  await lab.pods.followTemplates();
  await setup.follow?.(lab);
}

/**
 * Applies a mend as it was given: a command in a shell, YAML by `kubectl apply`, a part
 * of the portal's configuration by restarting it with that, a button by what it does.
 * What is said in words alone, the set-up does.
 *
 * @throws Error when it can't be applied
 */
export async function applyMend(
  lab: MeshLab,
  setup: BrokenSetup,
  mend: DiagnosisMend,
): Promise<void> {
  const { admin } = lab.endpoints.kubeconfig;
  switch (mend.kind) {
    case 'command':
      await runCommand(mend.command, admin);
      return follow(lab, setup);
    case 'yaml':
      if (!isObject(mend.yaml)) {
        return describeEntity(lab, setup.entity, mend.yaml);
      }
      await runCommand('kubectl apply -f -', admin, mend.yaml);
      return follow(lab, setup);
    case 'config':
      return configure(lab, mend.yaml, setup.environment);
    case 'action':
      return act(lab, setup, mend);
    default:
      if (!setup.byHand) throw new Error(`Nobody does: ${mend.what}`);
      return setup.byHand(lab, mend);
  }
}
