/**
 * Judges bearer tokens that another server has signed (OpenID Connect): by whom, for whom, until
 * when, and which role they give here.
 */
@NullMarked
package nl.veer.control.dashboard.oidc;

import org.jspecify.annotations.NullMarked;
