// Calls its peer for each request, and hands on the tracing headers. Run:
//   PEER_URL=http://ratings:9080/ratings/0 node service.js
const http = require('node:http');

const FORWARDED = [
  'x-request-id',
  // W3C, for providers of the kind opentelemetry.
  'traceparent',
  'tracestate',
  // B3, for providers of the kind zipkin.
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-flags',
];

function tracingHeaders(request) {
  return Object.fromEntries(
    FORWARDED.filter(name => request.headers[name] !== undefined).map(name => [
      name,
      request.headers[name],
    ]),
  );
}

const server = http.createServer(async (request, response) => {
  try {
    const answer = await fetch(process.env.PEER_URL, {
      headers: tracingHeaders(request),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '0.0.0.0');
