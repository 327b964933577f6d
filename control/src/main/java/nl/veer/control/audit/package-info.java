/**
 * The one door through which commands reach the audit log: what was asked of a migration and how it
 * ended, before it is done and after.
 */
@NullMarked
package nl.veer.control.audit;

import org.jspecify.annotations.NullMarked;
