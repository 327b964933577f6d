/** The proof that runs beside the crossing. */
package nl.veer.benchmarks.ledger;
