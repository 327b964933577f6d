/** Tests of how bearer tokens of another server are judged. */
@NullMarked
package nl.veer.control.dashboard.oidc;

import org.jspecify.annotations.NullMarked;
