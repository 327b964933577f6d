/**
 * Who has made a row differ: the capture, the applying, the target below its log, somebody else who
 * writes there, or the load. Said from the row's last events in log and echo and from both sides'
 * present rows; what cannot be told is UNKNOWN, with the reason.
 */
@NullMarked
package nl.veer.verifier.blame;

import org.jspecify.annotations.NullMarked;
