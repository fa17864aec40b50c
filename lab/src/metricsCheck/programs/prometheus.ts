import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ChildProgram } from './ChildProgram';
import { freePorts } from './freePorts';

/** A Prometheus of the check's own. */
export interface RunningPrometheus {
  url: string;
  stop(): Promise<void>;
}

/** What a Prometheus reads, and where its data are. */
export interface PrometheusSetup {
  /** Data and configuration; blocks in `data` are there from the start. */
  folder: string;
  /** Host and port of what it scrapes, once a second. */
  targets: string[];
  /** Takes native histograms, over the protobuf form of the metrics. */
  nativeHistograms: boolean;
  /** Scraped besides, as `scrape_configs` of Prometheus has them. */
  jobs?: object[];
  /** Patterns of files with rules, evaluated once a second. */
  ruleFiles?: string[];
}

/** Starts a Prometheus on a free port of loopback. */
export async function startPrometheus(
  { folder, targets, nativeHistograms, ...setup }: PrometheusSetup,
  signal: AbortSignal,
): Promise<RunningPrometheus> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'prometheus.yml');
  const jobs = targets.map((target, index) => ({
    job_name: `job-${index}`,
    static_configs: [{ targets: [target] }],
  }));
  writeFileSync(
    file,
    stringify({
      global: {
        scrape_interval: '1s',
        scrape_timeout: '1s',
        evaluation_interval: '1s',
      },
      scrape_configs: [...jobs, ...(setup.jobs ?? [])],
      ...(setup.ruleFiles && { rule_files: setup.ruleFiles }),
    }),
  );
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const program = await ChildProgram.start(
    {
      name: 'Prometheus',
      command: 'prometheus',
      args: [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
        '--web.enable-lifecycle',
        ...(nativeHistograms ? ['--enable-feature=native-histograms'] : []),
      ],
      readyUrl: `${url}/-/ready`,
    },
    signal,
  );
  return { url, stop: () => program.stop() };
}
