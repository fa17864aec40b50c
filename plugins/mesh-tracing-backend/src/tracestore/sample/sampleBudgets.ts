import type { SampleLevel } from 'backstage-plugin-mesh-tracing-common';

/** How much may be read for the statistics of one window. */
export interface SampleBudget {
  traces: number;
  /** Of what the store sends, before it is read into columns. */
  bytes: number;
  /** Parts of the window that are asked for; each is a request for each name. */
  requests: number;
  /** Traces that a search of the whole window may bring, where it goes first. */
  firstLook: number;
  /** Nothing more is asked for after this; the level before counts by itself. */
  timeMs: number;
}

const MIB = 1024 * 1024;

/**
 * Of stores that hand out many traces at once. `normal` is three times as many
 * as a page of the traces table can hold.
 */
export const SAMPLE_BUDGETS: Readonly<Record<SampleLevel, SampleBudget>> = {
  quick: {
    traces: 600,
    bytes: 24 * MIB,
    requests: 60,
    firstLook: 150,
    timeMs: 5_000,
  },
  normal: {
    traces: 1_500,
    bytes: 96 * MIB,
    requests: 240,
    firstLook: 150,
    timeMs: 15_000,
  },
  fine: {
    traces: 6_000,
    bytes: 256 * MIB,
    requests: 720,
    firstLook: 150,
    timeMs: 45_000,
  },
};

/** Of stores whose traces are read one by one. */
export const ONE_BY_ONE_BUDGETS: Readonly<Record<SampleLevel, SampleBudget>> = {
  quick: {
    traces: 60,
    bytes: 8 * MIB,
    requests: 60,
    firstLook: 30,
    timeMs: 5_000,
  },
  normal: {
    traces: 120,
    bytes: 16 * MIB,
    requests: 120,
    firstLook: 30,
    timeMs: 15_000,
  },
  fine: {
    traces: 360,
    bytes: 48 * MIB,
    requests: 180,
    firstLook: 30,
    timeMs: 45_000,
  },
};
