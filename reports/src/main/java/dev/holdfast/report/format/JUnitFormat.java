package dev.holdfast.report.format;

import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report for CI servers, {@code junit.xml}: a test suite a stage, a test case a finding.
 *
 * <p>Whatever makes the run end with another code than 0 is a failure or an error here, so that a
 * server that reads only this file comes to the same verdict.
 */
public final class JUnitFormat implements Format {

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    Map<String, List<JUnitCase>> suites = new LinkedHashMap<>();
    for (JUnitCase c : JUnitCase.all(report)) {
      suites.computeIfAbsent(c.suite(), s -> new ArrayList<>()).add(c);
    }
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      newLine(xml, 0);
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "holdfast");
      totals(xml, suites.values().stream().flatMap(List::stream).toList());
      for (Map.Entry<String, List<JUnitCase>> suite : suites.entrySet()) {
        suite(xml, report, suite.getKey(), suite.getValue());
      }
      newLine(xml, 0);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException io ? io : new IOException(e);
    }
  }

  private static void suite(
      XMLStreamWriter xml, RunReport report, String name, List<JUnitCase> cases)
      throws XMLStreamException {
    newLine(xml, 1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("timestamp", report.started().toString());
    totals(xml, cases);
    properties(xml, report);
    for (JUnitCase c : cases) {
      testCase(xml, c);
    }
    newLine(xml, 1);
    xml.writeEndElement();
  }

  private static void totals(XMLStreamWriter xml, List<JUnitCase> cases) throws XMLStreamException {
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    for (JUnitCase.Result result : JUnitCase.Result.values()) {
      if (!result.countedAs().isEmpty()) {
        long n = cases.stream().filter(c -> c.result() == result).count();
        xml.writeAttribute(result.countedAs(), String.valueOf(n));
      }
    }
    xml.writeAttribute("time", seconds(cases.stream().mapToLong(JUnitCase::durationMs).sum()));
  }

  private static void properties(XMLStreamWriter xml, RunReport report) throws XMLStreamException {
    newLine(xml, 2);
    xml.writeStartElement("properties");
    property(xml, "holdfast.version", report.holdfastVersion());
    property(xml, "holdfast.command", report.command());
    property(xml, "holdfast.target", report.target());
    property(xml, "holdfast.verdict", report.outcome().line());
    property(xml, "holdfast.exit_code", String.valueOf(report.outcome().exitCode()));
    if (report.seed() != null) {
      property(xml, "holdfast.seed", String.valueOf(report.seed()));
    }
    newLine(xml, 2);
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    newLine(xml, 3);
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", attribute(value));
  }

  private static void testCase(XMLStreamWriter xml, JUnitCase c) throws XMLStreamException {
    newLine(xml, 2);
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", attribute(c.className()));
    xml.writeAttribute("name", attribute(c.name()));
    xml.writeAttribute("time", seconds(c.durationMs()));
    if (!c.group().isEmpty()) {
      newLine(xml, 3);
      xml.writeStartElement("properties");
      property(xml, "group", c.group());
      newLine(xml, 3);
      xml.writeEndElement();
    }
    String element = c.result().element();
    if (!element.isEmpty()) {
      newLine(xml, 3);
      xml.writeStartElement(element);
      xml.writeAttribute("message", attribute(c.message()));
      xml.writeAttribute("type", c.type());
      xml.writeCharacters(Visible.of(c.body()));
      xml.writeEndElement();
    } else if (!c.body().isEmpty()) {
      newLine(xml, 3);
      xml.writeStartElement("system-out");
      xml.writeCharacters(Visible.of(c.body()));
      xml.writeEndElement();
    }
    newLine(xml, 2);
    xml.writeEndElement();
  }

  /** In an attribute a line break would be read back as a space, so it is one from the start. */
  private static String attribute(String text) {
    return Visible.of(text).replace('\n', ' ').replace('\t', ' ');
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.3f", ms / 1_000.0);
  }

  private static void newLine(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
