/** How large things may be: rows, transactions, tables, waves, and how much memory they take. */
@NullMarked
package nl.veer.control.size;

import org.jspecify.annotations.NullMarked;
