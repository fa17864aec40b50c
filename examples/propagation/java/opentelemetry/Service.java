// Calls its peer for each request. OpenTelemetry's agent hands on the trace context by
// itself, and the request id is one header more. Run, with the agent that Maven has as
// io.opentelemetry.javaagent:opentelemetry-javaagent:
//   export OTEL_SERVICE_NAME=reviews OTEL_PROPAGATORS=tracecontext,b3multi
//   export OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger-collector:4318
//   PEER_URL=http://ratings:9080/ratings/0 \
//     java -javaagent:opentelemetry-javaagent.jar Service.java
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;

public class Service {
  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static void callPeer(HttpExchange exchange) throws IOException {
    var call = HttpRequest.newBuilder(URI.create(System.getenv("PEER_URL")));
    String requestId = exchange.getRequestHeaders().getFirst("x-request-id");
    if (requestId != null) {
      call.header("x-request-id", requestId);
    }
    try (exchange) {
      var answer = CLIENT.send(call.build(), BodyHandlers.ofByteArray());
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) throws IOException {
    var env = System.getenv();
    var host = env.getOrDefault("HOST", "0.0.0.0");
    var port = Integer.parseInt(env.getOrDefault("PORT", "8080"));
    var server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.createContext("/", Service::callPeer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }
}
