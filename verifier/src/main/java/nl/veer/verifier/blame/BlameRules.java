package nl.veer.verifier.blame;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells who has made a settled row differ. Pure. With S and T the present rows of source and
 * target, L and E what log and echo say of the columns in which S and T differ:
 *
 * <ol>
 *   <li>S is not L: CAPTURE.
 *   <li>Neither L nor E says anything: LOAD.
 *   <li>E is S: TARGET; it was right once, and no event says what happened to it since.
 *   <li>L is newer than what the target held when E was written, and it holds L by now: APPLY.
 *   <li>Otherwise whoever has written E: FOREIGN_WRITER, LOAD, or APPLY, where a trigger or rule of
 *       the table that fires for the replicator makes it TARGET.
 * </ol>
 */
final class BlameRules {
  private BlameRules() {}

  static Blame of(Evidence evidence) {
    RowState source = evidence.source();
    RowState target = evidence.target();
    if (source.isSame(target)) {
      return Blame.unknown("Both sides hold the same row by now.");
    }
    Trace logged = evidence.log();
    if (logged != null && !logged.fits(source)) {
      return capture(logged);
    }
    Set<String> columns =
        source.present() && target.present() ? source.differing(target) : Set.of();
    Trace log = about(logged, columns);
    Trace echo = about(evidence.echo(), columns);
    if (echo == null) {
      return log == null ? load() : unheard(evidence, log);
    }
    if (echo.fits(source)) {
      return new Blame(
          Culprit.TARGET,
          "The target wrote it as the source has it (%s), and it changed later without an event in"
                  .formatted(echo.last().words())
              + " the target's own log: a file that was restored or damaged, or a session that"
              + " avoided the log."
              + triggers(evidence));
    }
    return written(evidence, log, echo);
  }

  private static @Nullable Trace about(@Nullable Trace trace, Set<String> columns) {
    Trace about = trace == null ? null : trace.about(columns);
    return about == null || about.isSilent() ? null : about;
  }

  private static Blame capture(Trace log) {
    return new Blame(
        Culprit.CAPTURE,
        "The source's row is not what the log says of it last (%s): the log lacks a change, or has it"
                .formatted(log.last().words())
            + " wrong. A repair mends the target's row only; what else the log lacks is not known.");
  }

  private static Blame load() {
    return new Blame(
        Culprit.LOAD,
        "Neither log nor echo has an event of it since the load: the load wrote it so, or one of the"
            + " sides was changed later without an event.");
  }

  /** The log has an event that the echo knows nothing of. */
  private static Blame unheard(Evidence evidence, Trace log) {
    if (log.last().loaded()) {
      return new Blame(
          Culprit.LOAD,
          "The log's last change of it (%s) was in the source when it was loaded, and the target has"
                  .formatted(log.last().words())
              + " not touched it since: the load wrote it so, or the target was changed without an"
              + " event.");
    }
    if (log.begun() && !log.present()) {
      return new Blame(
          Culprit.TARGET,
          "The log inserts and deletes it (%s), and the target has it without an event of its own log."
                  .formatted(log.last().words())
              + triggers(evidence));
    }
    if (log.last().number() <= evidence.echoFrom()) {
      return Blame.unknown(
          "The log's last change of it (%s) was applied before the echo began."
              .formatted(log.last().words()));
    }
    return lost(log);
  }

  private static Blame lost(Trace log) {
    return new Blame(
        Culprit.APPLY,
        "The target says that it holds the log's %s, and its own log has no change of the row from it."
            .formatted(log.last().words()));
  }

  private static Blame written(Evidence evidence, @Nullable Trace log, Trace echo) {
    Touch by = echo.last();
    if (log != null && !log.last().loaded() && log.last().number() > by.applied()) {
      return lost(log);
    }
    return switch (by.writer()) {
      case NEITHER ->
          new Blame(
              Culprit.FOREIGN_WRITER,
              "The target's %s (its own id %s) wrote it last, and that is none of Veer's."
                  .formatted(by.words(), by.transaction()));
      case LOAD ->
          new Blame(Culprit.LOAD, "A load wrote it so: the target's %s.".formatted(by.words()));
      case REPAIR -> repaired(log, by);
      case STAMPED -> stamped(evidence, log, by);
    };
  }

  /** A repair writes the source's row; if that is another now, the log would have to say it. */
  private static Blame repaired(@Nullable Trace log, Touch by) {
    return log == null
        ? new Blame(
            Culprit.CAPTURE,
            "A repair wrote it as the source had it then (the target's %s); the source has changed it"
                    .formatted(by.words())
                + " since, and the log has no event of that.")
        : Blame.unknown(
            "A repair wrote something else than the log says (the target's %s)."
                .formatted(by.words()));
  }

  private static Blame stamped(Evidence evidence, @Nullable Trace log, Touch by) {
    String said =
        log == null
            ? "the log has no such change"
            : "the log says otherwise: " + log.last().words();
    if (evidence.triggers().isEmpty()) {
      return new Blame(
          Culprit.APPLY,
          "The replicator wrote it so (the target's %s), but %s.".formatted(by.words(), said));
    }
    return new Blame(
        Culprit.TARGET,
        "The replicator's own transaction holds it so (the target's %s), but %s."
                .formatted(by.words(), said)
            + triggers(evidence));
  }

  private static String triggers(Evidence evidence) {
    return evidence.triggers().isEmpty()
        ? ""
        : " On that table these fire for the replicator too, and may have done it: "
            + String.join(", ", evidence.triggers())
            + ".";
  }
}
