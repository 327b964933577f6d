/** The proof that runs beside the crossing. */
@NullMarked
package nl.veer.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
