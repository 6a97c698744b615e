package dev.holdfast.report.format;

import dev.holdfast.report.format.html.Page;
import dev.holdfast.report.result.RunReport;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.Writer;

/**
 * The report for people, {@code index.html}: one page that needs nothing beside it.
 *
 * <p>Its templates are in {@code src/main/jte} and are compiled at build time; they escape whatever
 * they show. Its content security policy forbids it the network and scripts.
 */
public final class HtmlFormat implements Format {

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    StringOutput page = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", Page.of(report), page);
    out.write(page.toString());
  }
}
