package nl.veer.control.mutation;

import static nl.veer.control.mutation.Half.BOTH;
import static nl.veer.control.mutation.Half.SCAN;
import static nl.veer.control.mutation.Mutation.row;
import static nl.veer.control.mutation.Mutation.value;
import static nl.veer.verifier.blame.Culprit.APPLY;
import static nl.veer.verifier.blame.Culprit.CAPTURE;
import static nl.veer.verifier.blame.Culprit.FOREIGN_WRITER;
import static nl.veer.verifier.blame.Culprit.TARGET;

import java.util.List;
import nl.veer.verifier.verdict.Difference;

/** The table of all mutations: what each is, and who must find it. */
final class Mutations {
  static final List<Mutation> ALL =
      List.of(
          value("an event lost by the capture", SCAN, CAPTURE, "wares 31", "note"),
          value("a stale write in the topic", SCAN, CAPTURE, "wares 32", "note"),
          row("an event doubled in the topic", SCAN, CAPTURE, "chronicle", Difference.Kind.EXTRA),
          value("an event lost by the replicator", BOTH, APPLY, "wares 1", "note")
              .as("LEDGER_LOST"),
          // Both have the row, and not as often.
          row("an event applied twice", BOTH, APPLY, "trail", Difference.Kind.EXTRA)
              .as("LEDGER_VALUE"),
          value("two rows swapped", BOTH, APPLY, "wares 2,3", "note"),
          value("a stale write", BOTH, APPLY, "wares 4", "note"),
          value("one bit", BOTH, APPLY, "wares 5", "code"),
          value("NULL to ''", BOTH, APPLY, "wares 6", "note"),
          value("'' to NULL", BOTH, APPLY, "wares 7", "note"),
          value("a trailing space", BOTH, APPLY, "wares 8", "note"),
          value("1.0 to 1.00", BOTH, APPLY, "wares 9", "price"),
          value("an hour off in four rows", BOTH, APPLY, "wares 10,11,12,13", "at"),
          // The log does not hold what did not change: there is nothing to hold against the echo.
          value("an unchanged TOAST value written", SCAN, APPLY, "wares 14", "big"),
          value("a float's last bit", BOTH, APPLY, "wares 15", "weight"),
          value("-0 to 0", BOTH, APPLY, "wares 16", "weight"),
          value("an array's order", BOTH, APPLY, "wares 17", "tags"),
          value("an enum's label", BOTH, APPLY, "wares 18", "mood"),
          value("a day to 24 hours", BOTH, APPLY, "wares 19", "span"),
          value("a space in a json", BOTH, APPLY, "wares 20", "doc"),
          value("an accent taken apart", BOTH, APPLY, "wares 24", "note"),
          row("a deleted row", BOTH, FOREIGN_WRITER, "wares 21", Difference.Kind.MISSING),
          row("an extra row", BOTH, FOREIGN_WRITER, "wares 9001", Difference.Kind.EXTRA),
          value("a row in a table nobody writes", BOTH, FOREIGN_WRITER, "quiet 7", "note"),
          value("a write by a foreign session", BOTH, FOREIGN_WRITER, "wares 22", "note"),
          row("a truncated table", BOTH, FOREIGN_WRITER, "emptied", Difference.Kind.MISSING),
          value("a changed TOAST value", BOTH, FOREIGN_WRITER, "wares 23", "big"),
          value("a trigger that changes rows", BOTH, TARGET, "bent 1", "note"),
          // A table that is written anew leaves no change in the target's own log.
          value("a row changed past the target's log", SCAN, TARGET, "restored 3", "note"));

  private Mutations() {}
}
