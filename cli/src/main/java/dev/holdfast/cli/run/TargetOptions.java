package dev.holdfast.cli.run;

import dev.holdfast.cli.config.Config;
import dev.holdfast.cli.config.HoldfastYaml;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whom a command judges. */
public final class TargetOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      converter = TargetUrl.class,
      description =
          "The server to judge, ws://HOST:PORT/ws/chat or wss://…. Without it Holdfast"
              + " starts its reference server on a free loopback port.")
  @Nullable URI url;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "What you say of your server: target, stimuli, budgets (YAML). Only what is"
              + " declared is held against it.")
  @Nullable Path config;

  @Option(
      names = "--insecure",
      description =
          "Accept any TLS certificate of the server, also one for another host. The report says"
              + " so: an attacker in the network can then read and change everything.")
  boolean insecure;

  /** Read once: a free port that was chosen for the target stays the same. */
  private @Nullable Config declared;

  /** What was declared, with the URL that counts: the command line's before the file's. */
  public Config declared() {
    if (declared == null) {
      Config read = config == null ? Config.NONE : HoldfastYaml.read(config, url);
      declared = url == null ? read : read.at(url);
    }
    return declared;
  }

  /** What the target needs at its handshake, with the values of this environment. */
  Reach reach(Map<String, String> env) {
    return Reach.of(declared().more(), insecure, env);
  }

  /** These options as they would be typed again; begins with a blank unless empty. */
  String typed() {
    String file = config == null ? "" : " --config " + Typed.quoted(config.toString());
    return (url == null ? "" : " " + Typed.quoted(url.toString()))
        + file
        + (insecure ? " --insecure" : "");
  }
}
