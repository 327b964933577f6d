/**
 * What a process knows of its waves as metrics, in Prometheus' form. The values come from the last
 * reading; what is not known, or not any more, is absent and never the last value.
 *
 * <p>The seam to OpenTelemetry is {@link nl.veer.control.metrics.VeerMetrics}: its meters go to any
 * Micrometer registry, OTLP's too. Traces would begin where a role's attempt begins.
 */
@NullMarked
package nl.veer.control.metrics;

import org.jspecify.annotations.NullMarked;
