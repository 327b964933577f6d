/**
 * The migration's certificate: what was carried over, what is proven of it and up to where, all
 * that was ever found, who did what. Signed, and checked without Veer's databases.
 */
@NullMarked
package nl.veer.control.report;

import org.jspecify.annotations.NullMarked;
