import { Random } from '../shared/Random';
import type { SimulationClock } from '../shared/SimulationClock';
import type { RequestLedger, TraceRing } from '../tracestore';
import type { MeshBehaviour } from './MeshBehaviour';
import type { MeshProxies } from './MeshProxies';
import { RequestWalk } from './RequestWalk';
import type { WalkedMesh } from './WalkedMesh';

const TICK_MS = 250;
/** How much history is made without giving others a turn. */
const HISTORY_STEP_MS = 60_000;
/** The traffic swells and ebbs, so that charts have something to show. */
const SWELL_PERIOD_MS = 23 * 60_000;
const SWELL_SHARE = 0.25;

export interface TrafficSimulatorOptions {
  behaviour: MeshBehaviour;
  proxies: MeshProxies;
  ring: TraceRing;
  /** Counts every request, sampled or not; none does when absent. */
  ledger?: RequestLedger;
  clock: SimulationClock;
  /** The same seed gives the same traffic. */
  seed: number;
  /** Traffic of this long before the start is made up at once. */
  historyMs: number;
}

/**
 * Sends requests through the simulated mesh and records the traces of those that
 * its proxies sample. Traffic depends on the seed and the time only, never
 * on what is traced.
 */
export class TrafficSimulator {
  readonly #mesh: WalkedMesh;
  readonly #ring: TraceRing;
  readonly #clock: SimulationClock;
  readonly #historyMs: number;
  #nextArrivalMs = Number.NaN;
  #requestCount = 0;
  #stopTicking: (() => void) | undefined;
  #isStopped = false;

  static create(options: TrafficSimulatorOptions): TrafficSimulator {
    return new TrafficSimulator(options);
  }

  private constructor(options: TrafficSimulatorOptions) {
    this.#mesh = {
      behaviour: options.behaviour,
      proxies: options.proxies,
      traffic: new Random(options.seed),
      ids: new Random(options.seed ^ 0x5bd1e995),
      ledger: options.ledger,
    };
    this.#ring = options.ring;
    this.#clock = options.clock;
    this.#historyMs = options.historyMs;
  }

  /** Requests sent so far, sampled or not. */
  get requestCount(): number {
    return this.#requestCount;
  }

  /** Makes up the history, then goes on with the time. */
  async start(): Promise<void> {
    const startMs = this.#clock.nowMs();
    let atMs = startMs - this.#historyMs;
    this.#nextArrivalMs = atMs;
    while (atMs < startMs && !this.#isStopped) {
      atMs = Math.min(startMs, atMs + HISTORY_STEP_MS);
      this.#sendUntil(atMs);
      await new Promise(resolve => setImmediate(resolve));
    }
    if (!this.#isStopped) {
      this.#stopTicking = this.#clock.every(TICK_MS, () =>
        this.#sendUntil(this.#clock.nowMs()),
      );
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopTicking?.();
    this.#mesh.proxies.stop();
  }

  #sendUntil(timeMs: number): void {
    const { traffic, behaviour } = this.#mesh;
    const perSecond = behaviour.sources.reduce(
      (sum, source) => sum + source.weight,
      0,
    );
    // A computer that slept does not catch up on the night.
    this.#nextArrivalMs = Math.max(
      this.#nextArrivalMs,
      timeMs - Math.max(this.#historyMs, HISTORY_STEP_MS),
    );
    while (this.#nextArrivalMs < timeMs) {
      const startMs = this.#nextArrivalMs;
      const walk = new RequestWalk(this.#mesh, startMs);
      walk.run(traffic.weighted(behaviour.sources));
      walk.traces.forEach(trace => this.#ring.add(trace));
      this.#requestCount += 1;
      const swell =
        1 + SWELL_SHARE * Math.sin((2 * Math.PI * startMs) / SWELL_PERIOD_MS);
      this.#nextArrivalMs += traffic.exponential(1000 / (perSecond * swell));
    }
  }
}
