/** The ledger of a crossing under way. */
@NullMarked
package nl.veer.control.ledger;

import org.jspecify.annotations.NullMarked;
