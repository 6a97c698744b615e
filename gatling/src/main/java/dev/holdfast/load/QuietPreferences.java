package dev.holdfast.load;

import java.time.Duration;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;
import org.jspecify.annotations.Nullable;

/**
 * Preferences that keep nothing and touch no file, but say that Gatling looked for a newer version
 * of itself just now: so it does not ask the network.
 */
public final class QuietPreferences extends AbstractPreferences {
  private static final String LAST_CHECK = "lastCheckTimestamp";

  private QuietPreferences(@Nullable AbstractPreferences parent, String name) {
    super(parent, name);
  }

  /** Named in {@code java.util.prefs.PreferencesFactory}. */
  public static final class Factory implements PreferencesFactory {
    private final Preferences root = new QuietPreferences(null, "");

    /** Made by the JDK. */
    public Factory() {}

    @Override
    public Preferences systemRoot() {
      return root;
    }

    @Override
    public Preferences userRoot() {
      return root;
    }
  }

  @Override
  protected @Nullable String getSpi(String key) {
    long nextYear = System.currentTimeMillis() + Duration.ofDays(365).toMillis();
    return key.equals(LAST_CHECK) ? Long.toString(nextYear) : null;
  }

  @Override
  protected AbstractPreferences childSpi(String name) {
    return new QuietPreferences(this, name);
  }

  @Override
  protected String[] keysSpi() {
    return new String[0];
  }

  @Override
  protected String[] childrenNamesSpi() {
    return new String[0];
  }

  @Override
  protected void putSpi(String key, String value) {}

  @Override
  protected void removeSpi(String key) {}

  @Override
  protected void removeNodeSpi() {}

  @Override
  protected void syncSpi() {}

  @Override
  protected void flushSpi() {}
}
