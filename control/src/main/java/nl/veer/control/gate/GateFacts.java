package nl.veer.control.gate;

import java.time.Instant;
import java.util.List;

/**
 * All that was read for a gate, each with what was in the way of it.
 *
 * @param fence what is in the way of it
 * @param at when, by this machine's clock
 */
record GateFacts(
    Fact<RoundTrip> trip,
    Fact<ProofFacts> proof,
    Fact<DefinitionFacts> definitions,
    Fact<ServerFacts> servers,
    Fact<SequenceFacts> sequences,
    Fact<WayBackFacts> wayBack,
    Fact<List<String>> fence,
    Fact<Rehearsed> rehearsed,
    Instant at) {}
