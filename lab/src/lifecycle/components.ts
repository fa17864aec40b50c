import { labComponent } from '../components/labComponents';
import { isAlive } from '../process/processes';
import {
  killRecordedProcess,
  recordedProcesses,
  startProcess,
  stopRecordedProcess,
  waitUntil,
  waitUntilReady,
} from './componentProcess';
import { labPaths, layoutOf, readLabState } from './LabState';

function runningLab(name: string) {
  const { folder } = labPaths(name);
  const state = readLabState(folder);
  if (!state) {
    throw new Error(`The lab ${name} is down: \`yarn lab up\` starts it.`);
  }
  const component = (of: string) =>
    labComponent(of, layoutOf(state), folder, state.requestsPerSecond);
  return { folder, component };
}

/**
 * Ends one component of a running lab, such as `jaeger`, `istiod`,
 * `kube-apiserver` or `envoy-ratings-v1`.
 * @public
 */
export async function stopComponent(
  component: string,
  name = 'default',
): Promise<void> {
  const lab = runningLab(name);
  lab.component(component);
  await stopRecordedProcess(lab.folder, component);
}

/** Ends one component as a crash would (SIGKILL). @public */
export async function killComponent(
  component: string,
  name = 'default',
): Promise<void> {
  const lab = runningLab(name);
  lab.component(component);
  await killRecordedProcess(lab.folder, component);
}

/**
 * Starts one component of a running lab and waits until it does its work.
 * Does nothing when it runs.
 * @public
 */
export async function startComponent(
  component: string,
  name = 'default',
): Promise<void> {
  const { folder, component: of } = runningLab(name);
  const present = recordedProcesses(folder).get(component);
  if (present && isAlive(present)) {
    return;
  }
  const spec = of(component);
  if (spec.needs) {
    await waitUntil(`what ${component} needs`, spec.needs);
  }
  await waitUntilReady(folder, spec, startProcess(folder, spec));
}

/** Ends and starts one component. @public */
export async function restartComponent(
  component: string,
  name = 'default',
): Promise<void> {
  await stopComponent(component, name);
  await startComponent(component, name);
}

/** Restarts istiod; Envoys keep their configuration meanwhile. @public */
export function restartIstiod(name = 'default'): Promise<void> {
  return restartComponent('istiod', name);
}

/** Restarts the API server: every watch is cut. @public */
export function restartApiServer(name = 'default'): Promise<void> {
  return restartComponent('kube-apiserver', name);
}
