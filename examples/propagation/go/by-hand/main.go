// Calls its peer for each request, and hands on the tracing headers. Run:
//
//	PEER_URL=http://ratings:9080/ratings/0 go run main.go
package main

import (
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

var forwarded = []string{
	"x-request-id",
	// W3C, for providers of the kind opentelemetry.
	"traceparent", "tracestate",
	// B3, for providers of the kind zipkin.
	"b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags",
}

func callPeer(response http.ResponseWriter, request *http.Request) {
	call, err := http.NewRequestWithContext(request.Context(), http.MethodGet, os.Getenv("PEER_URL"), nil)
	if err != nil {
		http.Error(response, err.Error(), http.StatusInternalServerError)
		return
	}
	for _, name := range forwarded {
		if value := request.Header.Get(name); value != "" {
			call.Header.Set(name, value)
		}
	}
	answer, err := http.DefaultClient.Do(call)
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
	host, port := os.Getenv("HOST"), os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe(net.JoinHostPort(host, port), http.HandlerFunc(callPeer)))
}
