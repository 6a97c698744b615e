package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.resume.ResumeCases;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All cases for servers, section by section: core, then resume. */
public final class ServerCases {
  private static final List<Case> CORE =
      Stream.of(
              TransportCases.ALL,
              EnvelopeCases.ALL,
              FrameCases.ALL,
              ConversationCases.ALL,
              SessionCases.ALL,
              IsolationCases.ALL,
              HeartbeatCases.ALL,
              QueueCases.ALL,
              HttpCases.ALL,
              RolloutCases.ALL,
              AuditCases.ALL)
          .flatMap(List::stream)
          .toList();

  public static final List<Case> ALL =
      Stream.of(CORE, ResumeCases.ALL, InResume.variants(CORE, ResumeCases.ALL))
          .flatMap(List::stream)
          .toList();

  private ServerCases() {}

  /** The address of the core case that a case plays on resume connections; its own otherwise. */
  public static String inCore(String address) {
    return address.endsWith(InResume.SUFFIX)
        ? address.substring(0, address.length() - InResume.SUFFIX.length())
        : address;
  }

  /** Enough for a gate: one case for each clause, and none that needs the server to itself. */
  public static List<Case> sample(Profile profile) {
    Set<String> clauses = new HashSet<>();
    return of(profile).stream()
        .filter(c -> c.turn() != Case.Turn.ALONE)
        .filter(c -> clauses.add(c.profile() + c.clause()))
        .toList();
  }

  /** The least that says anything: one case for each clause that MUST hold and needs no wait. */
  public static List<Case> quick(Profile profile) {
    return sample(profile).stream()
        .filter(c -> c.level() == Level.MUST)
        .filter(c -> !c.clause().startsWith("queue/overflow") && !c.needs().contains(Need.TIME))
        .toList();
  }

  /**
   * The cases for a server of this profile: one that speaks resume speaks core too, and what MUST
   * hold in resume is played at that level.
   */
  public static List<Case> of(Profile profile) {
    return profile == Profile.RESUME
        ? ALL.stream().map(InResume::atItsLevel).toList()
        : ALL.stream().filter(c -> c.profile() == Profile.CORE).toList();
  }
}
