package nl.veer.control.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * A certificate as {@code veer report} writes it.
 *
 * @param madeAt by the target's clock
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param key fingerprint of the key that signed
 * @param auditEntries how many the audit log has
 * @param auditHead the audit log's last hash; null if it has no entry
 * @param json the signed JSON
 * @param page the signed page
 */
public record SignedFiles(
    String migration,
    String madeAt,
    String verdict,
    String words,
    String key,
    long auditEntries,
    @Nullable String auditHead,
    String json,
    String page) {}
