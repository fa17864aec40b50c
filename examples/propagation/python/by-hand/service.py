# Calls its peer for each request, and hands on the tracing headers. Run:
#   PEER_URL=http://ratings:9080/ratings/0 python3 service.py
import os
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FORWARDED = [
    "x-request-id",
    # W3C, for providers of the kind opentelemetry.
    "traceparent",
    "tracestate",
    # B3, for providers of the kind zipkin.
    "b3",
    "x-b3-traceid",
    "x-b3-spanid",
    "x-b3-parentspanid",
    "x-b3-sampled",
    "x-b3-flags",
]


def tracing_headers(headers):
    return {name: headers[name] for name in FORWARDED if name in headers}


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        call = urllib.request.Request(
            os.environ["PEER_URL"], headers=tracing_headers(self.headers)
        )
        try:
            with urllib.request.urlopen(call, timeout=5) as answer:
                self.reply(answer.status, answer.read())
        except urllib.error.URLError as error:
            self.reply(502, str(error).encode())

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


address = (os.environ.get("HOST", "0.0.0.0"), int(os.environ.get("PORT", "8080")))
ThreadingHTTPServer(address, Service).serve_forever()
