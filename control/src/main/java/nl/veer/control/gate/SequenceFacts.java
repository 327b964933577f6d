package nl.veer.control.gate;

import java.util.List;
import nl.veer.connectors.dialect.postgres.Sequence;

/**
 * The sequences of the schemas of a leg's tables.
 *
 * @param unreadable grants that Veer's role lacks to read those of the active side, as SQL
 * @param unsettable grants that it lacks to set those of the passive side, as SQL
 */
record SequenceFacts(
    List<Sequence> active,
    List<Sequence> passive,
    List<String> unreadable,
    List<String> unsettable) {

  SequenceFacts {
    active = List.copyOf(active);
    passive = List.copyOf(passive);
    unreadable = List.copyOf(unreadable);
    unsettable = List.copyOf(unsettable);
  }
}
