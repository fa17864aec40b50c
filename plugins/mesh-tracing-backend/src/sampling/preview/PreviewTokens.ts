import { ConflictError, InputError } from '@backstage/errors';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { withErrorDetails } from '../../shared/errorDetails';
import { withoutOtherEntity } from '../model/withoutOtherEntity';

const TOKEN_LIFE_MS = 10 * 60 * 1000;
/** Characters of a token that the HTTP contract allows. */
const MAX_TOKEN_LENGTH = 8192;
const MAX_BASE_BYTES = 1024 * 1024;

const claimsSchema = z.object({
  v: z.literal(1),
  /** User, entity and workload that it was made for. */
  user: z.string(),
  entity: z.string(),
  workload: z.string(),
  /** Hash of the form. */
  form: z.string(),
  /** Hash of what was shown. */
  content: z.string(),
  /** Id of the change, as shown in the YAML. */
  change: z.string(),
  /** The object that it was based on; null = there was none. */
  base: z.object({ uid: z.string(), resourceVersion: z.string() }).nullable(),
  /**
   * The base as YAML, deflated, readable by who gets the token; left out where it
   * is too large.
   */
  baseYaml: z.string().optional(),
  /** Milliseconds since the epoch. */
  exp: z.number(),
});

/** What a token binds a confirmation to. */
export type PreviewClaims = Omit<
  z.infer<typeof claimsSchema>,
  'v' | 'exp' | 'baseYaml'
> & { baseYaml?: string };

/** Signs what a preview has shown, so that only that can be applied. */
export class PreviewTokens {
  readonly #secret: string;

  static create(options: { secret: string }): PreviewTokens {
    return new PreviewTokens(options.secret);
  }

  private constructor(secret: string) {
    this.#secret = secret;
  }

  issue(
    claims: PreviewClaims,
    nowMs: number,
  ): { token: string; expMs: number } {
    const expMs = nowMs + TOKEN_LIFE_MS;
    const { baseYaml, ...rest } = claims;
    const bare = { ...rest, v: 1 as const, exp: expMs };
    const base =
      baseYaml === undefined
        ? undefined
        : Buffer.from(withoutOtherEntity(baseYaml, claims.entity));
    const full =
      base === undefined || base.length > MAX_BASE_BYTES
        ? bare
        : { ...bare, baseYaml: deflateRawSync(base).toString('base64url') };
    const token = this.#sign(full);
    return {
      token: token.length <= MAX_TOKEN_LENGTH ? token : this.#sign(bare),
      expMs,
    };
  }

  /**
   * @throws InputError for a token that this installation did not make;
   *   ConflictError about the field `token` for one that is too old.
   */
  verify(token: string, nowMs: number): PreviewClaims {
    const [body, signature, ...rest] = token.split('.');
    if (!body || !signature || rest.length > 0) {
      throw invalidToken();
    }
    const expected = this.#mac(body);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw invalidToken();
    }
    const parsed = claimsSchema.safeParse(
      JSON.parse(Buffer.from(body, 'base64url').toString('utf8')),
    );
    if (!parsed.success) {
      throw invalidToken();
    }
    const { exp, baseYaml, v: _version, ...claims } = parsed.data;
    if (exp <= nowMs) {
      throw withErrorDetails(
        new ConflictError(
          'The preview is older than ten minutes. Preview the change again, then confirm it',
        ),
        { system: 'portal', field: 'token' },
      );
    }
    return {
      ...claims,
      ...(baseYaml !== undefined && {
        baseYaml: inflateRawSync(Buffer.from(baseYaml, 'base64url'), {
          maxOutputLength: MAX_BASE_BYTES,
        }).toString('utf8'),
      }),
    };
  }

  #sign(payload: z.infer<typeof claimsSchema>): string {
    const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
    return `${body}.${this.#mac(body).toString('base64url')}`;
  }

  #mac(body: string): Buffer {
    return createHmac('sha256', this.#secret).update(body).digest();
  }
}

function invalidToken(): InputError {
  return new InputError(
    'token: not a token of a preview of this installation. Preview the change again, then confirm it',
  );
}
