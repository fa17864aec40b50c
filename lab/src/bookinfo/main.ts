import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import {
  bookinfoSettingsSchema,
  BOOKINFO_VARIABLE,
  type BookinfoService,
} from './BookinfoSettings';
import { callService } from './callService';
import { BehaviourRoom } from './BehaviourRoom';

type Handler = (
  service: BookinfoService,
  request: IncomingMessage,
) => Promise<{ status: number; body: unknown }>;

const room = BehaviourRoom.create();

const HANDLERS: Record<BookinfoService['app'], Handler> = {
  frontend: async (service, request) => {
    const headersOf = () => room.headersOf(service, request.headers);
    const [details, reviews] = await Promise.all([
      callService(service, 'details', '/details/0', headersOf()),
      callService(service, 'reviews', '/reviews/0', headersOf()),
    ]);
    const ok = details.status === 200 && reviews.status === 200;
    return {
      status: ok ? 200 : 502,
      body: { details: details.body, reviews: reviews.body },
    };
  },
  details: async () => ({
    status: 200,
    body: { title: 'The Comedy of Errors', pages: 200 },
  }),
  reviews: async (service, request) => {
    const reviews = ['An extremely entertaining play.', 'Absolutely fun.'];
    // As in Bookinfo, the first version knows no ratings.
    if (service.version === 'v1') {
      return { status: 200, body: { reviews } };
    }
    const ratings = await callService(
      service,
      'ratings',
      '/ratings/0',
      room.headersOf(service, request.headers),
    );
    return {
      status: ratings.status,
      body: { reviews, ratings: ratings.body },
    };
  },
  ratings: async () => ({ status: 200, body: { reviewer1: 5, reviewer2: 4 } }),
};

async function answer(
  service: BookinfoService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (await room.answer(request, response)) {
    return;
  }
  // Lets a client count sampled requests without asking Jaeger.
  response.setHeader('x-seen-traceparent', request.headers.traceparent ?? '-');
  response.setHeader('content-type', 'application/json');
  try {
    const { status, body } = await HANDLERS[service.app](service, request);
    response.statusCode = status;
    response.end(JSON.stringify(body));
  } catch (error) {
    response.statusCode = 502;
    response.end(JSON.stringify({ error: String(error) }));
  }
}

const services = bookinfoSettingsSchema.parse(
  JSON.parse(process.env[BOOKINFO_VARIABLE] ?? '[]'),
);
for (const service of services) {
  const server = createServer((request, response) =>
    answer(service, request, response),
  );
  room.listen(service, server);
}
