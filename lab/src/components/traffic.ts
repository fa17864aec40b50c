import { PORTS, type LabLayout } from '../layout/LabLayout';
import {
  TRAFFIC_VARIABLE,
  type TrafficSettings,
} from '../traffic/TrafficSettings';
import type { ComponentSpec } from './ComponentSpec';
import { nodeProgram } from './nodeProgram';

/** A day's work; a forgotten lab does not send for ever. */
export const MAX_TRAFFIC_SECONDS = 12 * 3600;
const DEFAULT_RATE = 20;

/** The path that every request asks for. */
export const PRODUCT_PATH = '/productpage';

/** The frontend's own inbound listener: the way past the gateway. */
export function frontendUrl(layout: LabLayout): string {
  const frontend = layout.sidecars.find(({ app }) => app === 'frontend');
  return `http://${frontend?.podAddress}:${PORTS.service}`;
}

/** The way in through the gateway. */
export function gatewayUrl(layout: LabLayout): string {
  return `http://${layout.gatewayAddress}:${PORTS.gateway}`;
}

/** Steady load on both ways in, for a bounded time. */
export function trafficSettings(
  layout: LabLayout,
  requestsPerSecond = DEFAULT_RATE,
  seconds = MAX_TRAFFIC_SECONDS,
): TrafficSettings {
  return {
    urls: [gatewayUrl(layout), frontendUrl(layout)].map(
      url => `${url}${PRODUCT_PATH}`,
    ),
    requestsPerSecond,
    seconds: Math.min(seconds, MAX_TRAFFIC_SECONDS),
  };
}

/** The load generator as a managed process. */
export function traffic(
  layout: LabLayout,
  requestsPerSecond?: number,
): ComponentSpec {
  const program = nodeProgram('traffic/main.ts');
  const settings = trafficSettings(layout, requestsPerSecond);
  return {
    ...program,
    name: 'traffic',
    env: { ...program.env, [TRAFFIC_VARIABLE]: JSON.stringify(settings) },
    address: settings.urls.join(', '),
    ready: async () => true,
  };
}
