package lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * A process that is one node of an OpenSearch cluster.
 *
 * <p>The only argument is the node's home: settings come from {@code config/opensearch.yml} in it,
 * data goes to {@code data}. Ends in order on SIGTERM.
 */
public final class StorageNode extends Node {
  private static final long CLOSE_LIMIT_SECONDS = 5;

  /** What a packaged server would load from its folders of modules and plugins. */
  private static final Collection<Class<? extends Plugin>> PLUGINS =
      List.of(Netty4Plugin.class, IndexAge.class);

  private StorageNode(Environment environment) {
    super(environment, PLUGINS, false);
  }

  private static Environment environmentOf(Path home) {
    Settings own = Settings.builder().put(Environment.PATH_HOME_SETTING.getKey(), home).build();
    return InternalSettingsPreparer.prepareEnvironment(
        own,
        Map.of(),
        home.resolve("config"),
        () -> {
          throw new IllegalStateException("config/opensearch.yml sets no node.name");
        });
  }

  private void closeInOrder() {
    try {
      close();
      awaitClose(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      System.err.println("The node did not close in order: " + failure);
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("One argument: the home of the node");
    }
    Environment environment = environmentOf(Path.of(arguments[0]).toAbsolutePath());
    LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(environment.settings()));
    StorageNode node = new StorageNode(environment);
    Runtime.getRuntime().addShutdownHook(new Thread(node::closeInOrder, "close-node"));
    node.start();
    new CountDownLatch(1).await();
  }
}
