package nl.veer.verifier.blame;

import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.RowKey;

/** A row that differs, by its key as a scan names it. */
public record Suspect(TableId table, RowKey key) {}
