/**
 * The shop: a schema with everything that is hard to carry, its rows, and clients that write to it.
 */
@NullMarked
package nl.veer.sandbox.workload;

import org.jspecify.annotations.NullMarked;
