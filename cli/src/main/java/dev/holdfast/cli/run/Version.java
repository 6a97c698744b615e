package dev.holdfast.cli.run;

import picocli.CommandLine.IVersionProvider;

/** Which Holdfast this is, from the jar's manifest. */
public final class Version implements IVersionProvider {

  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"holdfast " + text() + ", Java " + Runtime.version()};
  }
}
