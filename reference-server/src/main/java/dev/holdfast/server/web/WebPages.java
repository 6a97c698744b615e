package dev.holdfast.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chat page and what it is made of, by path.
 *
 * <p>What a page loads has its hash in its name and may be kept for good; pages themselves, and the
 * client under its plain name, are asked for again each time.
 */
public final class WebPages {
  private static final String ASSETS = "/assets/";
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  /** Nothing from elsewhere, nothing inline, and no text ever becomes markup. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'; trusted-types 'none'";

  /** Each may name those before it. */
  private static final Map<String, String> KEPT = kept();

  private static final Map<String, String> HASHED = new LinkedHashMap<>();
  private static final Map<String, Asset> ALL = assets(HASHED);
  private static final Asset INSPECT = page(linked(read("inspect.html"), HASHED));

  private WebPages() {}

  private static Map<String, String> kept() {
    Map<String, String> kept = new LinkedHashMap<>();
    kept.put("mark.svg", "image/svg+xml; charset=utf-8");
    kept.put("page.css", "text/css; charset=utf-8");
    kept.put("help.css", "text/css; charset=utf-8");
    kept.put("inspect.css", "text/css; charset=utf-8");
    kept.put("inspect.js", SCRIPT);
    kept.put("client.js", SCRIPT);
    kept.put("page.js", SCRIPT);
    return kept;
  }

  /** All files by the path that they are served at. */
  public static Map<String, Asset> all() {
    return ALL;
  }

  /** The live view, for a server that was asked to show it. */
  public static Asset inspect() {
    return INSPECT;
  }

  private static Map<String, Asset> assets(Map<String, String> hashed) {
    Map<String, Asset> assets = new LinkedHashMap<>();
    for (Map.Entry<String, String> file : KEPT.entrySet()) {
      String text = linked(read(file.getKey()), hashed);
      String name = named(file.getKey(), text);
      hashed.put(file.getKey(), name);
      assets.put(ASSETS + name, new Asset(file.getValue(), text, keeping(FOR_GOOD)));
    }
    assets.put("/client.js", new Asset(SCRIPT, read("client.js"), keeping(ASK_AGAIN)));
    assets.put("/", page(linked(read("index.html"), hashed)));
    assets.put("/help", page(linked(read("help.html"), hashed)));
    return Map.copyOf(assets);
  }

  private static Asset page(String html) {
    return new Asset(
        HTML,
        html,
        Map.of(
            "Cache-Control",
            ASK_AGAIN,
            "Content-Security-Policy",
            POLICY,
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin"));
  }

  private static Map<String, String> keeping(String how) {
    return Map.of("Cache-Control", how);
  }

  /** Puts the names with hashes in the place of the plain ones, in quotes as links and imports. */
  private static String linked(String text, Map<String, String> hashed) {
    String linked = text;
    for (Map.Entry<String, String> name : hashed.entrySet()) {
      for (String before : List.of("\"" + ASSETS, "\"./")) {
        linked = linked.replace(before + name.getKey() + "\"", before + name.getValue() + "\"");
      }
    }
    return linked;
  }

  private static String named(String file, String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      int dot = file.lastIndexOf('.');
      String hash = HexFormat.of().formatHex(digest, 0, 8);
      return file.substring(0, dot) + "." + hash + file.substring(dot);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(String name) {
    try (InputStream in = WebPages.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("assets/" + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
