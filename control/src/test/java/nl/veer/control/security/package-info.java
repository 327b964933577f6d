/** TLS, rights and secrets: whom Veer trusts, what it may do, and what it never tells. */
@NullMarked
package nl.veer.control.security;

import org.jspecify.annotations.NullMarked;
