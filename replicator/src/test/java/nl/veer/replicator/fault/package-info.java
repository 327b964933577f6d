/** Faults at every call that load and apply make: a driver and a log reader that fail on demand. */
@NullMarked
package nl.veer.replicator.fault;

import org.jspecify.annotations.NullMarked;
