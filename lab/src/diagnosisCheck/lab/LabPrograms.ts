import { BEHAVIOUR_PATH } from '../../bookinfo/BehaviourRoom';
import type { Behaviour } from '../../bookinfo/HeaderForwarding';
import { program, programBinary } from '../../build/programs';
import { bookinfo } from '../../components/bookinfo';
import type { ComponentSpec } from '../../components/ComponentSpec';
import { istiod } from '../../components/istiod';
import { jaegerConfig, jaegerQueryUrl } from '../../components/jaeger/jaeger';
import {
  jaegerProcess,
  ownTelemetry,
} from '../../components/jaeger/jaegerParts';
import { envoyNames, labComponent } from '../../components/labComponents';
import { prometheus } from '../../components/prometheus/prometheus';
import type { LabLayout } from '../../layout/LabLayout';
import {
  killRecordedProcess,
  startProcess,
  stopRecordedProcess,
  waitUntilReady,
} from '../../lifecycle/componentProcess';
import { withStatistics } from './withStatistics';

const SCRAPED_EVERY = '1s';

/** Jaeger's configuration, to be changed in place. */
export type JaegerConfig = ReturnType<typeof jaegerConfig> & {
  service: {
    extensions: string[];
    telemetry: object;
    pipelines: { traces: Record<string, string[]> };
  };
  extensions: Record<string, Record<string, unknown>> & {
    jaeger_query: Record<string, unknown>;
  };
  receivers: { otlp: { protocols: Record<string, Record<string, unknown>> } };
  processors?: Record<string, unknown>;
};

/** The programs of a lab, which can be run in other ways than it runs them. */
export class LabPrograms {
  readonly #folder: string;
  readonly #layout: LabLayout;
  readonly #altered = new Set<string>();

  static create(options: { folder: string; layout: LabLayout }): LabPrograms {
    return new LabPrograms(options);
  }

  private constructor(options: { folder: string; layout: LabLayout }) {
    this.#folder = options.folder;
    this.#layout = options.layout;
  }

  /**
   * Statistics of proxies and collector, as a mesh has them that is looked after.
   *
   * @returns the URL of their Prometheus
   */
  async measure(): Promise<string> {
    const spec = prometheus(this.#layout, this.#folder, SCRAPED_EVERY);
    await this.#start(spec);
    await this.emptyJaeger();
    await Promise.all(
      envoyNames(this.#layout).map(name => this.startAgain(name)),
    );
    return spec.address;
  }

  /** An empty Jaeger, with a changed configuration where one is wanted. */
  async emptyJaeger(change?: (config: JaegerConfig) => void): Promise<void> {
    const config = jaegerConfig(this.#layout) as JaegerConfig;
    const host = this.#layout.jaegerAddress;
    config.service.telemetry = ownTelemetry(host);
    change?.(config);
    const spec = jaegerProcess({
      name: 'jaeger',
      binary: programBinary(program('jaeger')),
      stateFolder: this.#folder,
      host,
      address: jaegerQueryUrl(this.#layout),
      config,
    });
    await this.stop('jaeger');
    await this.#start(spec);
    this.#altered.delete('jaeger');
  }

  /** Tells a service of the application how to behave, until {@link restore}. */
  async behave(behaviour: Behaviour): Promise<void> {
    this.#altered.add('bookinfo');
    const { address } = bookinfo(this.#layout);
    const response = await fetch(`${address}${BEHAVIOUR_PATH}`, {
      method: 'PUT',
      body: JSON.stringify(behaviour),
    });
    if (!response.ok) throw new Error(`It refuses: ${await response.text()}`);
  }

  /** Starts one of the lab's programs in another way, until {@link restore}. */
  async startAs(
    component: string,
    change: (spec: ComponentSpec) => ComponentSpec,
  ): Promise<void> {
    await this.stop(component);
    const layout = component.startsWith('envoy-')
      ? withStatistics(this.#layout)
      : this.#layout;
    await this.#start(change(labComponent(component, layout, this.#folder)));
  }

  /** Ends one of the lab's programs, until {@link restore}. */
  async stop(component: string): Promise<void> {
    this.#altered.add(component);
    // Of what Jaeger would do in its last seconds, nobody has any use.
    const end =
      component === 'jaeger' ? killRecordedProcess : stopRecordedProcess;
    await end(this.#folder, component);
  }

  /** Starts a component as the lab has it. */
  async startAgain(component: string): Promise<void> {
    if (component === 'jaeger') return this.emptyJaeger();
    await this.startAs(component, spec => spec);
    this.#altered.delete(component);
    return undefined;
  }

  /**
   * Starts an istiod of another revision at an address of its own.
   *
   * @returns what ends it
   */
  async addIstiod(
    revision: string,
    controlAddress: string,
  ): Promise<() => Promise<void>> {
    const layout = { ...this.#layout, controlAddress };
    const binary = programBinary(program('istiod'));
    const spec = istiod(layout, binary, this.#folder);
    const name = `istiod-${revision}` as const;
    const own = { REVISION: revision, POD_NAME: `${name}-lab01` };
    await this.#start({ ...spec, name, env: { ...spec.env, ...own } });
    return () => stopRecordedProcess(this.#folder, name);
  }

  /** Lets all programs run as the lab has them, with an empty Jaeger. */
  async restore(): Promise<void> {
    this.#altered.add('jaeger');
    await Promise.all(
      [...this.#altered].map(component => this.startAgain(component)),
    );
  }

  async #start(spec: ComponentSpec): Promise<void> {
    const identity = startProcess(this.#folder, spec);
    await waitUntilReady(this.#folder, spec, identity);
  }
}
