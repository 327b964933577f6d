package nl.veer.control.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a wave's writes are moved over, and what must hold before. */
public record CutoverConfig(
    @Setting(
            value =
                "How the side that is left is made to refuse writes: by statement triggers on the"
                    + " wave's tables, by taking the rights to write them away, by setting the"
                    + " database read-only and ending its sessions, or by `fence-command`.",
            byDefault = "trigger")
        FenceStrategy fence,
    @Setting(
            value =
                "Roles that the fence leaves alone, beside Veer's own; with `fence: revoke` and"
                    + " `fence: trigger`.",
            byDefault = "[]")
        List<String> fenceExempt,
    @Setting(
            value =
                "Program that makes the side that is left refuse writes, for example by stopping"
                    + " the application; needed for `fence: command`, run beside the fence else. It"
                    + " must end with 0, and do no harm when it is run again.",
            optional = true)
        @Nullable String fenceCommand,
    @Setting(
            value = "Program that undoes `fence-command`; needed where that is given.",
            optional = true)
        @Nullable String unfenceCommand,
    @Setting(
            value =
                "Program that is run when the other side may be written to, for example to flip a"
                    + " proxy or a DNS name. It must end with 0, and do no harm when it is run"
                    + " again.",
            optional = true)
        @Nullable String onOpen,
    @Setting(
            value =
                "Writes are refused for at most this time: when it runs out before the other side"
                    + " is open, Veer undoes everything by itself.",
            byDefault = "10s",
            min = 1_000,
            max = 86_400_000)
        Duration maxOutage,
    @Setting(
            value =
                "Open and prepared transactions that have written to the wave's tables may go on"
                    + " for this time behind the fence; then the cutover is given up.",
            byDefault = "5s",
            min = 1,
            max = 10_000)
        Duration writersWait,
    @Setting(
            value = "The gate is shut while a marker takes longer than this from end to end.",
            byDefault = "2s",
            min = 1)
        Duration gateLag,
    @Setting(
            value = "The gate is shut while a table's last scan began longer ago than this.",
            byDefault = "24h",
            min = 1_000)
        Duration gateScanAge,
    @Setting(
            value = "The gate is shut while the last rehearsal is older than this.",
            byDefault = "7d",
            min = 1_000)
        Duration gateRehearsalAge,
    @Setting(
            value =
                "The other side's sequences are set this many steps beyond what the side that is"
                    + " left has given out.",
            byDefault = "1000",
            min = 0)
        int sequenceMargin) {

  public CutoverConfig {
    fenceExempt = List.copyOf(fenceExempt);
    if (fence == FenceStrategy.COMMAND && fenceCommand == null) {
      throw new IllegalArgumentException("fence-command: needed for fence: command");
    }
    if (fenceCommand != null && unfenceCommand == null) {
      throw new IllegalArgumentException("unfence-command: needed where fence-command is given");
    }
  }

  /** The defaults. */
  public static CutoverConfig standard() {
    return new CutoverConfig(
        FenceStrategy.TRIGGER,
        List.of(),
        null,
        null,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofHours(24),
        Duration.ofDays(7),
        1000);
  }
}
