package lab;

import java.util.List;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.plugins.Plugin;

/**
 * Lets whoever creates an index say when that was, in milliseconds since the epoch.
 *
 * <p>Retention goes by an index's date of creation, which a server otherwise sets itself: without
 * this nothing is old enough to be removed until days have passed.
 */
public final class IndexAge extends Plugin {
  private static final long NOT_SAID = -1;

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(
        Setting.longSetting(
            "index.creation_date", NOT_SAID, NOT_SAID, Property.IndexScope, Property.NodeScope));
  }
}
