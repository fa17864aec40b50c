import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { apiRoutes, type ApiRoute } from 'backstage-plugin-mesh-tracing-common';
import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import { requestSignal } from '../shared/requestSignal';
import type { ReadTurns } from './turns/ReadTurns';
import type { RouteName } from './RouteName';
import { requestReader } from './requests/requestReader';

type Routes = typeof apiRoutes;

type QueryOf<R> = R extends { query: infer Q extends z.ZodType }
  ? z.output<Q>
  : undefined;
type BodyOf<R> = R extends { body: infer B extends z.ZodType }
  ? z.output<B>
  : undefined;

/** What a handler gets, validated and typed. */
export interface RouteInput<N extends RouteName> {
  request: Request;
  query: QueryOf<Routes[N]>;
  body: BodyOf<Routes[N]>;
}

/** Pieces that are pushed to the reader at once. */
const PUSHED_PIECES = 10;

/** An answer that is sent as text and not as JSON. */
export class TextAnswer {
  constructor(readonly contentType: string, readonly text: string) {}
}

/**
 * An answer whose JSON is made in pieces, so that a large one does not block the
 * event loop.
 */
export class JsonPieces {
  constructor(
    readonly pieces: AsyncIterable<string | Buffer>,
    readonly contentType: string = 'application/json',
  ) {}
}

type RouteAnswer<N extends RouteName> =
  | z.input<Routes[N]['response']>
  | TextAnswer
  | JsonPieces;

/** Answers one route; what it returns is sent as JSON, unless it is text. */
export type RouteHandler<N extends RouteName> = (
  input: RouteInput<N>,
) => Promise<RouteAnswer<N>>;

/** A router, and the turns that its routes wait for. */
export interface GuardedRouter {
  router: Router;
  turns: ReadTurns;
}

/**
 * Binds a handler to its route of the contract. A request's turn ends with the handler
 * and does not last until the answer is sent: a slow receiver would hold up others.
 */
export function registerRoute<N extends RouteName>(
  { router, turns }: GuardedRouter,
  name: N,
  handler: RouteHandler<N>,
): void {
  const route: ApiRoute = apiRoutes[name];
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  const read = requestReader(route);
  router[route.method](path, async (request, response) => {
    const input = {
      request,
      ...(await read(request, response)),
    } as RouteInput<N>;
    let answer: RouteAnswer<N>;
    try {
      answer = await turns.run(name, request, () => handler(input));
    } catch (error) {
      if (requestSignal(request).aborted) {
        return;
      }
      throw error;
    }
    await send(response, answer);
  });
}

async function send<N extends RouteName>(
  response: Response,
  answer: RouteAnswer<N>,
): Promise<void> {
  if (answer instanceof TextAnswer) {
    response.type(answer.contentType).send(answer.text);
  } else if (answer instanceof JsonPieces) {
    await sendPieces(response, answer);
  } else {
    response.json(answer);
  }
}

/** Sends no faster than the receiver reads; one that has gone away is no failure. */
async function sendPieces(
  response: Response,
  { pieces, contentType }: JsonPieces,
): Promise<void> {
  response.type(contentType).vary('Accept');
  try {
    await pipeline(Readable.from(flushed(pieces, response)), response);
  } catch (error) {
    if (!response.destroyed) {
      throw error;
    }
  }
}

/**
 * Compression holds back what it has until a block is full. The first pieces are
 * what a reader waits for; once there is a full block, the rest needs no push.
 */
async function* flushed(
  pieces: AsyncIterable<string | Buffer>,
  response: Response & { flush?: () => void },
): AsyncGenerator<string | Buffer> {
  let sent = 0;
  for await (const piece of pieces) {
    if (sent < PUSHED_PIECES) {
      response.flush?.();
    }
    sent += 1;
    yield piece;
  }
}
