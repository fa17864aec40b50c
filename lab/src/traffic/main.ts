import { steadyTraffic } from './steadyTraffic';
import { trafficSettingsSchema, TRAFFIC_VARIABLE } from './TrafficSettings';

const controller = new AbortController();
process.once('SIGTERM', () => controller.abort());
void steadyTraffic(
  trafficSettingsSchema.parse(
    JSON.parse(process.env[TRAFFIC_VARIABLE] ?? '{}'),
  ),
  controller.signal,
);
