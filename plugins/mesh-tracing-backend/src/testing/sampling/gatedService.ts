import type {
  ApplyRequest,
  OverrideRequest,
  RevertRequest,
} from 'backstage-plugin-mesh-tracing-common';
import { WriteGate, type WriteAccess } from '../../access';
import type { Sampling } from '../../sampling/createSampling';
import type { SamplingService } from '../../sampling/SamplingService';
import type { EntityContext } from '../../shared/EntityContext';

type Reads = Omit<SamplingService, 'preview' | 'apply' | 'revert'>;

/** The sampling service with the gate before it: a test gives the answer of the gate. */
export interface GatedService extends Reads {
  preview(
    context: EntityContext,
    answer: WriteAccess,
    request: OverrideRequest,
  ): ReturnType<SamplingService['preview']>;
  apply(
    context: EntityContext,
    answer: WriteAccess,
    request: ApplyRequest,
  ): ReturnType<SamplingService['apply']>;
  revert(
    context: EntityContext,
    answer: WriteAccess,
    request: RevertRequest,
  ): Promise<void>;
}

/** The sampling capability as tests ask it, through the gate. */
export type GatedSampling = Omit<Sampling, 'service'> & {
  service: GatedService;
};

/** Puts the gate before a sampling capability; nobody is asked who may do what. */
export function gated(sampling: Sampling): GatedSampling {
  const { service } = sampling;
  const reads: Reads = {
    ability: (...given) => service.ability(...given),
    overrideOf: (...given) => service.overrideOf(...given),
    wideOverridesOf: (...given) => service.wideOverridesOf(...given),
    overrideEffect: (...given) => service.overrideEffect(...given),
    history: (...given) => service.history(...given),
    historyOf: (...given) => service.historyOf(...given),
  };
  return {
    ...sampling,
    service: {
      ...reads,
      preview: async (context, answer, request) =>
        service.preview(await gateOf(answer).pass(context, 'preview', request)),
      apply: async (context, answer, request) =>
        service.apply(await gateOf(answer).pass(context, 'apply', request)),
      revert: async (context, answer, request) =>
        service.revert(await gateOf(answer).pass(context, 'revert', request)),
    },
  };
}

/** The gate of an entity that was loaded, with the answer that was found. */
function gateOf(answer: WriteAccess): Pick<WriteGate, 'pass'> {
  return WriteGate.create({
    access: {
      load: async () => {
        throw new Error('The entity of a test is loaded already');
      },
      mayReadTraces: async () => true,
    },
    answers: { about: async () => answer },
    alarm: { attempted: async () => {} },
    auditor: { tell: async () => {} },
  });
}
