# Calls its peer for each request. OpenTelemetry hands on the trace context by itself,
# and the request id is one header more. Run:
#   pip install flask requests opentelemetry-distro opentelemetry-exporter-otlp-proto-http \
#     opentelemetry-propagator-b3 \
#     opentelemetry-instrumentation-flask opentelemetry-instrumentation-requests
#   export OTEL_SERVICE_NAME=reviews OTEL_PROPAGATORS=tracecontext,b3multi
#   export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
#   export OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger-collector:4318
#   PEER_URL=http://ratings:9080/ratings/0 opentelemetry-instrument python3 service.py
import os

import requests
from flask import Flask, Response, request

app = Flask(__name__)


@app.get("/<path:path>")
def call_peer(path):
    request_id = request.headers.get("x-request-id")
    headers = {"x-request-id": request_id} if request_id else {}
    answer = requests.get(os.environ["PEER_URL"], headers=headers, timeout=5)
    return Response(answer.content, answer.status_code, mimetype="application/json")


app.run(
    host=os.environ.get("HOST", "0.0.0.0"),
    port=int(os.environ.get("PORT", "8080")),
    threaded=True,
)
