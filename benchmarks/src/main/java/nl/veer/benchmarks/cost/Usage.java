package nl.veer.benchmarks.cost;

/**
 * What a party used.
 *
 * @param seconds of processor time, of all cores together
 * @param peakBytes the largest resident memory that was seen
 */
public record Usage(String party, double seconds, long peakBytes) {}
