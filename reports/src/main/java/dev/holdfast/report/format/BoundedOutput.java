package dev.holdfast.report.format;

import gg.jte.TemplateOutput;
import java.nio.charset.StandardCharsets;

/** Takes a page until it is too long; then it stops whoever writes. */
final class BoundedOutput implements TemplateOutput {
  private final StringBuilder text = new StringBuilder();
  private final int most;
  private long bytes;

  BoundedOutput(int most) {
    this.most = most;
  }

  @Override
  public void writeContent(String value) {
    bytes += value.getBytes(StandardCharsets.UTF_8).length;
    if (!fits()) {
      throw new IllegalStateException("longer than " + most + " bytes");
    }
    text.append(value);
  }

  @Override
  public void writeContent(String value, int beginIndex, int endIndex) {
    writeContent(value.substring(beginIndex, endIndex));
  }

  boolean fits() {
    return bytes <= most;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
