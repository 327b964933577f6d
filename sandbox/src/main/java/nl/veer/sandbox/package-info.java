/** A whole world in one process: two databases, a broker, a schema registry and live workloads. */
@NullMarked
package nl.veer.sandbox;

import org.jspecify.annotations.NullMarked;
