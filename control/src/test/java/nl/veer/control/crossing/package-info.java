/** The whole way, end to end: source, capture, log, replicator, target. */
@NullMarked
package nl.veer.control.crossing;

import org.jspecify.annotations.NullMarked;
