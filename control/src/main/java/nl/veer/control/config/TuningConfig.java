package nl.veer.control.config;

import java.time.Duration;

/** Bounds and rhythms. */
public record TuningConfig(
    @Setting(
            value =
                "Connections per wave that the load reads with, and as many that it writes with.",
            byDefault = "4",
            min = 1,
            max = 64)
        int loadWorkers,
    @Setting(
            value = "A batch takes no further transaction beyond this many rows.",
            byDefault = "20000",
            min = 1,
            max = 10_000_000)
        int batchRows,
    @Setting(
            value = "A batch takes no further transaction beyond this much of the log.",
            byDefault = "16MiB",
            min = 1024)
        Size batchBytes,
    @Setting(
            value = "A batch takes no further transaction beyond this time.",
            byDefault = "500ms",
            min = 1)
        Duration batchDelay,
    @Setting(
            value =
                "How often Veer writes a heartbeat into the source's log, so that an idle source"
                    + " piles up no WAL and the lag is known.",
            byDefault = "1s",
            min = 100,
            max = 600_000)
        Duration heartbeat) {}
