import type {
  PolicyVerdict,
  SamplingChange,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';

const TICKET = /\b[A-Z]{2,10}-\d{1,8}\b/;

/** In some namespaces an override needs a ticket in its reason. */
export class TicketPolicy implements SamplingPolicy {
  readonly #namespaces: ReadonlySet<string>;

  static create(options: { namespaces: string[] }): TicketPolicy {
    return new TicketPolicy(options.namespaces);
  }

  private constructor(namespaces: string[]) {
    this.#namespaces = new Set(namespaces);
  }

  async evaluate(change: SamplingChange): Promise<PolicyVerdict[]> {
    const isAsked = change.workloads.some(({ namespace }) =>
      this.#namespaces.has(namespace),
    );
    // Nobody should look for a ticket while an override does harm.
    if (!isAsked || change.action === 'revert') {
      return [];
    }
    const allowed = TICKET.test(change.reason ?? '');
    return [
      {
        rule: 'ticket-in-reason',
        allowed,
        field: 'reason',
        message: allowed
          ? 'The reason names a ticket'
          : 'Name the ticket in the reason, such as SHOP-123',
      },
    ];
  }
}
