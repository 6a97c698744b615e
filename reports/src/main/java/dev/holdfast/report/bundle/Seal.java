package dev.holdfast.report.bundle;

import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Seals a bundle, and tells what is no longer as it was sealed. */
public final class Seal {
  private static final String MARKER = ".holdfast-report";

  private Seal() {}

  /**
   * The manifest of all that lies in a folder, as text ready to be written.
   *
   * @param auditHeads {@code ENTRY:HASH} by folder
   */
  public static String of(Path bundle, RunReport report, Map<String, String> auditHeads)
      throws IOException {
    return Manifest.of(report, auditHeads, files(bundle)).json();
  }

  /** The seal: SHA-256 of the manifest. */
  public static String of(Path bundle) throws IOException {
    return sha256(bundle.resolve(Manifest.FILE));
  }

  /** What was changed, dropped or added since the bundle was sealed, in words; empty if nothing. */
  public static List<String> broken(Path bundle, Manifest manifest) throws IOException {
    Map<String, Manifest.Sealed> now = files(bundle);
    List<String> broken = new ArrayList<>();
    manifest
        .files()
        .forEach((path, sealed) -> {
          Manifest.Sealed found = now.remove(path);
          if (found == null) {
            broken.add(path + " is missing");
          } else if (!found.equals(sealed)) {
            broken.add(path + " was changed");
          }
        });
    now.keySet().forEach(path -> broken.add(path + " was added"));
    return broken;
  }

  private static Map<String, Manifest.Sealed> files(Path bundle) throws IOException {
    Map<String, Manifest.Sealed> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(bundle)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = bundle.relativize(file).toString().replace('\\', '/');
        if (!path.equals(Manifest.FILE) && !path.equals(MARKER) && !path.endsWith(".tmp")) {
          files.put(path, new Manifest.Sealed(Files.size(file), sha256(file)));
        }
      }
    }
    return files;
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of a text's UTF-8. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
