// Calls its peer for each request. OpenTelemetry hands on the trace context by itself,
// and the request id is one header more. Run:
//   npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node
//   export OTEL_SERVICE_NAME=reviews OTEL_PROPAGATORS=tracecontext,b3multi
//   export OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger-collector:4318
//   PEER_URL=http://ratings:9080/ratings/0 \
//     node --require @opentelemetry/auto-instrumentations-node/register service.js
const http = require('node:http');

const server = http.createServer(async (request, response) => {
  try {
    const requestId = request.headers['x-request-id'];
    const answer = await fetch(process.env.PEER_URL, {
      headers: requestId ? { 'x-request-id': requestId } : {},
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '0.0.0.0');
