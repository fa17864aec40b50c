// Calls its peer for each request, and hands on the tracing headers. Run:
//   PEER_URL=http://ratings:9080/ratings/0 java Service.java
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Executors;

public class Service {
  static final List<String> FORWARDED = List.of(
      "x-request-id",
      // W3C, for providers of the kind opentelemetry.
      "traceparent", "tracestate",
      // B3, for providers of the kind zipkin.
      "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags");

  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static void callPeer(HttpExchange exchange) throws IOException {
    var call = HttpRequest.newBuilder(URI.create(System.getenv("PEER_URL")));
    for (String name : FORWARDED) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        call.header(name, value);
      }
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
