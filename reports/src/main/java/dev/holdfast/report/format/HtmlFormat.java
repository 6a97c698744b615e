package dev.holdfast.report.format;

import dev.holdfast.report.format.html.Page;
import dev.holdfast.report.format.html.Thinning;
import dev.holdfast.report.result.RunReport;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * The report for people, {@code index.html}: one page that needs nothing beside it.
 *
 * <p>Its templates are in {@code src/main/jte} and are compiled at build time; they escape whatever
 * they show. Its content security policy forbids it the network and scripts. A page that would be
 * too large is drawn again with less, and says so.
 */
public final class HtmlFormat implements Format {

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    for (Thinning thinning : Thinning.STEPS) {
      BoundedOutput page = new BoundedOutput(Thinning.MOST_BYTES);
      if (drawn(templates, Page.of(report, thinning), page)) {
        out.write(page.toString());
        return;
      }
    }
    throw new IOException(
        String.format(Locale.ROOT, "no way to show this report in %,d bytes", Thinning.MOST_BYTES));
  }

  /** False if it became too long. */
  private static boolean drawn(TemplateEngine templates, Page page, BoundedOutput output) {
    try {
      templates.render("page.jte", page, output);
      return true;
    } catch (RuntimeException e) {
      if (output.fits()) {
        throw e;
      }
      return false;
    }
  }
}
