import { PORTS } from '../../layout/LabLayout';
import { readFileSync, writeFileSync } from 'node:fs';
import type { MeshLab } from '../lab/MeshLab';
import { untilTraces } from '../lab/traffic';
import { relayShifted } from '../lab/ShiftedSpans';
import { inWords } from '../mends/applyMend';
import type { BrokenSetup } from '../PlantedSetup';
import { COLLECTOR_ENDPOINT } from './objects';

const frontend = { entity: 'frontend', workload: 'frontend-v1' } as const;
const HOUR_MS = 3_600_000;
const OTHER_NAME = 'storefront.shop';

/** Envoy's bootstrap with another name of its own. */
function renameEnvoy(lab: MeshLab, name: string): Promise<void> {
  return lab.programs.startAs('envoy-frontend-v1', spec => {
    const file = spec.args[spec.args.indexOf('-c') + 1] ?? '';
    const bootstrap = JSON.parse(readFileSync(file, 'utf8'));
    bootstrap.node.cluster = name;
    writeFileSync(file, JSON.stringify(bootstrap));
    return spec;
  });
}

/** Spans that leave and don't arrive where they are looked for. */
export const arrivalSetups: BrokenSetup[] = [
  {
    ...frontend,
    name: 'name mismatch',
    planted:
      'The proxy of the frontend reports its spans under another name of its bootstrap, storefront.shop.',
    symptom: 'No trace of frontend.bookinfo is found.',
    expected: { rung: 'names', code: 'names-other' },
    plant: lab => renameEnvoy(lab, OTHER_NAME),
    mended: lab =>
      untilTraces(lab, {
        entity: 'frontend',
        service: OTHER_NAME,
        way: 'frontend',
      }),
  },
  {
    ...frontend,
    name: 'collector refusing',
    planted:
      'The memory limiter of the collector has so little memory that it refuses every span.',
    symptom: 'No request of the frontend is traced.',
    expected: { rung: 'export', code: 'export-collector-refuses' },
    wanted: inWords,
    plant: lab =>
      lab.programs.emptyJaeger(config => {
        config.processors = {
          memory_limiter: {
            check_interval: '100ms',
            limit_mib: 2,
            spike_limit_mib: 1,
          },
        };
        config.service.pipelines.traces.processors = ['memory_limiter'];
      }),
    byHand: lab => lab.programs.emptyJaeger(),
  },
  {
    entity: 'details',
    workload: 'details-v1',
    name: 'clock off by an hour',
    planted: 'The clock of the node of the details is an hour behind.',
    symptom: 'The last hour shows no trace of the details.',
    expected: { rung: 'limits', code: 'limits-spans-in-past' },
    wanted: inWords,
    plant: async lab => {
      const host = lab.spareAddress(2);
      lab.keep(
        await relayShifted(
          `${host}:${PORTS.otlpGrpc}`,
          `${lab.layout.jaegerAddress}:${PORTS.otlpGrpc}`,
          { service: 'details.bookinfo', byMs: -HOUR_MS },
        ),
      );
      await lab.apply({
        ...COLLECTOR_ENDPOINT,
        spec: { address: host, labels: { app: 'jaeger' } },
      });
    },
    byHand: async lab => {
      await lab.apply({
        ...COLLECTOR_ENDPOINT,
        spec: { address: lab.layout.jaegerAddress, labels: { app: 'jaeger' } },
      });
    },
  },
];
