/** Watches a run: readings, and from them metrics, health and alerts, for whoever serves them. */
@NullMarked
package nl.veer.control.watch;

import org.jspecify.annotations.NullMarked;
