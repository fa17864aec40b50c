// Calls its peer for each request. OpenTelemetry hands on the trace context, and the
// request id is one header more. Run:
//
//	go mod init reviews && go mod tidy
//	export OTEL_SERVICE_NAME=reviews OTEL_PROPAGATORS=tracecontext,b3
//	export OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger-collector:4318
//	PEER_URL=http://ratings:9080/ratings/0 go run .
package main

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/contrib/propagators/autoprop"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/trace"
)

var client = http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}

func callPeer(response http.ResponseWriter, request *http.Request) {
	// The context carries the trace: a call without it starts a new one.
	call, err := http.NewRequestWithContext(request.Context(), http.MethodGet, os.Getenv("PEER_URL"), nil)
	if err != nil {
		http.Error(response, err.Error(), http.StatusInternalServerError)
		return
	}
	if id := request.Header.Get("x-request-id"); id != "" {
		call.Header.Set("x-request-id", id)
	}
	answer, err := client.Do(call)
	if err != nil {
		http.Error(response, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	response.Header().Set("content-type", "application/json")
	response.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(response, answer.Body)
}

func main() {
	exporter, err := otlptracehttp.New(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	otel.SetTracerProvider(trace.NewTracerProvider(trace.WithBatcher(exporter)))
	otel.SetTextMapPropagator(autoprop.NewTextMapPropagator())
	host, port := os.Getenv("HOST"), os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	handler := otelhttp.NewHandler(http.HandlerFunc(callPeer), "call peer")
	log.Fatal(http.ListenAndServe(net.JoinHostPort(host, port), handler))
}
