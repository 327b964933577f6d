/** What commands and roles leave in the audit log. */
@NullMarked
package nl.veer.control.audit;

import org.jspecify.annotations.NullMarked;
