package nl.veer.control.metrics;

import java.time.Instant;
import nl.veer.control.gate.GateReport;

/** What a gate said when it was last asked. */
public record GateNote(GateReport report, Instant at) {}
