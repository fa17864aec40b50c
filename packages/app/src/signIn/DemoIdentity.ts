import type {
  BackstageUserIdentity,
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { DemoAccount } from './demoAccounts';

interface Session {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds?: number;
    identity: BackstageUserIdentity;
  };
}

/** Tokens are fetched anew this long before they end. */
const REFRESH_MARGIN_MS = 60_000;

/** The identity of a demo account; its token is renewed when it nears its end. */
export class DemoIdentity implements IdentityApi {
  readonly #discovery: DiscoveryApi;
  readonly #account: DemoAccount;
  readonly #onSignOut: () => void;
  #session: Promise<Session>;
  #validUntilMs = 0;

  static async create(options: {
    discovery: DiscoveryApi;
    account: DemoAccount;
    onSignOut: () => void;
  }): Promise<DemoIdentity> {
    const identity = new DemoIdentity(options);
    await identity.#session;
    return identity;
  }

  private constructor(options: {
    discovery: DiscoveryApi;
    account: DemoAccount;
    onSignOut: () => void;
  }) {
    this.#discovery = options.discovery;
    this.#account = options.account;
    this.#onSignOut = options.onSignOut;
    this.#session = this.#fetchSession();
  }

  async getProfileInfo() {
    return (await this.#current()).profile;
  }

  async getBackstageIdentity() {
    return (await this.#current()).backstageIdentity.identity;
  }

  async getCredentials() {
    return { token: (await this.#current()).backstageIdentity.token };
  }

  async signOut() {
    this.#onSignOut();
    window.location.assign('/');
  }

  #current(): Promise<Session> {
    if (this.#validUntilMs > 0 && Date.now() > this.#validUntilMs) {
      this.#validUntilMs = 0;
      this.#session = this.#fetchSession();
    }
    return this.#session;
  }

  async #fetchSession(): Promise<Session> {
    const base = await this.#discovery.getBaseUrl('auth');
    const response = await fetch(`${base}/${this.#account.provider}/refresh`, {
      headers: {
        'x-requested-with': 'XMLHttpRequest',
        ...(this.#account.provider === 'demo' && {
          'x-demo-user': this.#account.entityRef,
        }),
      },
      credentials: 'include',
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const session: Session = await response.json();
    const lifetimeMs =
      (session.backstageIdentity.expiresInSeconds ?? 3600) * 1000;
    this.#validUntilMs = Date.now() + lifetimeMs - REFRESH_MARGIN_MS;
    return session;
  }
}
