package nl.veer.control.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When somebody is told, and how. A difference, an incident and a failed role fire at once. */
public record AlertsConfig(
    @Setting(
            value = "`lag` and `ledger-lag` fire while target or ledger are further behind.",
            byDefault = "1m",
            min = 1_000)
        Duration lag,
    @Setting(
            value = "A lag, or a slot's danger, fires when it has lasted so long: a peak is none.",
            byDefault = "1m",
            min = 0)
        Duration hold,
    @Setting(
            value =
                "`slot-loss` fires while a slot would be lost within this time at the present rate;"
                    + " that can be told where `max_slot_wal_keep_size` is set.",
            byDefault = "24h",
            min = 60_000)
        Duration slotLoss,
    @Setting(
            value =
                "`slot-loss` fires also while a server keeps more WAL than this for a slot. Set it"
                    + " where `max_slot_wal_keep_size` is not: then the disk is the bound, which"
                    + " Veer cannot see.",
            optional = true,
            min = 1 << 20)
        @Nullable Size slotBytes,
    @Setting(
            value =
                "`role-silent` fires when nobody does a role, or nothing comes from it, for so"
                    + " long.",
            byDefault = "1m",
            min = 10_000)
        Duration silent,
    @Setting(
            value = "`role-retrying` fires when a role has tried again for so long.",
            byDefault = "5m",
            min = 1_000)
        Duration retrying,
    @Setting(
            value = "`verdict` fires when a loaded wave's verdict is not EQUAL for so long.",
            byDefault = "1h",
            min = 1_000)
        Duration verdict,
    @Setting(
            value = "`scan-age` fires while a table's last scan began longer ago than this.",
            byDefault = "24h",
            min = 1_000)
        Duration scanAge,
    @Setting(value = "What still fires is told again so often.", byDefault = "12h", min = 60_000)
        Duration remind,
    @Setting(
            value = "Where messages are posted over HTTP; see [operations](../operations.md).",
            byDefault = "[]")
        List<WebhookConfig> webhooks,
    @Setting(value = "The mail server, and who gets mail; absent for none.", optional = true)
        @Nullable MailConfig mail) {

  public AlertsConfig {
    webhooks = List.copyOf(webhooks);
  }

  /** The defaults: everything is judged, and nobody is told. */
  public static AlertsConfig standard() {
    return new AlertsConfig(
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        Duration.ofHours(24),
        null,
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofHours(24),
        Duration.ofHours(12),
        List.of(),
        null);
  }
}
