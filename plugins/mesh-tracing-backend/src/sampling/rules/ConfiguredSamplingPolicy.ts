import {
  checkCustomTags,
  formatWorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  PolicyVerdict,
  SamplingChange,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';
import { Duration } from 'luxon';
import type { SamplingConfig } from '../config/SamplingConfig';

/** The guard rails of the configuration, one verdict per rule. */
export class ConfiguredSamplingPolicy implements SamplingPolicy {
  readonly #config: SamplingConfig;
  readonly #rootNamespaceOf: (cluster: string) => string;

  static create(options: {
    config: SamplingConfig;
    rootNamespaceOf: (cluster: string) => string;
  }): ConfiguredSamplingPolicy {
    return new ConfiguredSamplingPolicy(
      options.config,
      options.rootNamespaceOf,
    );
  }

  private constructor(
    config: SamplingConfig,
    rootNamespaceOf: (cluster: string) => string,
  ) {
    this.#config = config;
    this.#rootNamespaceOf = rootNamespaceOf;
  }

  async evaluate(change: SamplingChange): Promise<PolicyVerdict[]> {
    if (change.action === 'revert') {
      return [this.#namespace(change)];
    }
    return [
      this.#namespace(change),
      this.#percentage(change),
      this.#end(change),
      this.#reason(change),
      ...this.#customTags(change),
    ];
  }

  /**
   * Only a change of the mesh may reach the root namespace; the other namespaces
   * it may reach as any change may.
   */
  #namespace(change: SamplingChange): PolicyVerdict {
    const { allow, deny } = this.#config.namespaces;
    const refused = change.workloads.find(({ cluster, namespace }) =>
      namespace === this.#rootNamespaceOf(cluster)
        ? change.scope !== 'mesh'
        : deny.includes(namespace) ||
          (allow !== undefined && !allow.includes(namespace)),
    );
    return {
      rule: 'namespace',
      allowed: !refused,
      message: refused
        ? `Sampling in namespace '${
            refused.namespace
          }' may not be changed from here (${formatWorkloadRef(refused)})`
        : 'The namespace may be changed from here',
      field: 'workload',
    };
  }

  #percentage(change: SamplingChange): PolicyVerdict {
    const percent = change.tracing.randomSamplingPercentage ?? 0;
    const max = this.#config.maxPercentage;
    return {
      rule: 'max-percentage',
      allowed: percent <= max,
      message:
        percent <= max
          ? `Sampling is at most ${max} %`
          : `${percent} % is more than the ${max} % that are allowed here`,
      field: 'samplingPercent',
    };
  }

  #end({ expiresAt, now }: SamplingChange): PolicyVerdict {
    const verdict = (allowed: boolean, message: string) => ({
      rule: 'end',
      allowed,
      message,
      field: 'expiresAt',
    });
    if (!expiresAt) {
      return this.#config.allowPermanent
        ? verdict(true, 'The override may be permanent')
        : verdict(
            false,
            `An override needs an end, at most ${this.#longest()} from now`,
          );
    }
    const remainingMs = expiresAt.getTime() - now.getTime();
    if (!(remainingMs > 0)) {
      return verdict(false, 'The end must lie in the future');
    }
    return remainingMs <= this.#config.maxDurationMs
      ? verdict(true, `It ends within ${this.#longest()}`)
      : verdict(false, `The end must be at most ${this.#longest()} from now`);
  }

  #reason({ reason }: SamplingChange): PolicyVerdict {
    const missing = this.#config.reasonRequired && !reason?.trim();
    return {
      rule: 'reason',
      allowed: !missing,
      message: missing
        ? 'A reason is required'
        : 'A reason is given where it is required',
      field: 'reason',
    };
  }

  #customTags(change: SamplingChange): PolicyVerdict[] {
    const tags = Object.fromEntries(
      Object.entries(change.tracing.customTags ?? {}).map(([name, tag]) => [
        name,
        tag ?? {},
      ]),
    );
    const { problems } = checkCustomTags(tags, this.#config.customTags);
    return problems.length > 0
      ? problems
      : [
          {
            rule: 'custom-tags',
            allowed: true,
            message: 'The custom tags keep the rules',
            field: 'customTags',
          },
        ];
  }

  #longest(): string {
    return Duration.fromMillis(this.#config.maxDurationMs).rescale().toHuman();
  }
}
