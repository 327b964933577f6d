package nl.veer.control.cutover;

import java.util.List;
import java.util.Optional;

/**
 * How far an attempt is. A state is on record before its step runs, so it says what may have been
 * begun; the step before it is done. Its methods are all ways on that there are. The last ones have
 * none: the attempt is over as soon as their step is done too.
 */
public sealed interface CutoverState {

  /** What is needed later is made, and can be had; nothing is fenced. */
  record Prepared() implements CutoverState {
    Fenced fence() {
      return new Fenced();
    }

    Aborted abort() {
      return new Aborted();
    }

    @Override
    public Optional<CutoverState> next(AttemptKind kind) {
      return Optional.of(fence());
    }

    @Override
    public Optional<Aborted> back() {
      return Optional.of(abort());
    }
  }

  /** Writes are refused; those that were open have ended; the marker went in behind them. */
  record Fenced() implements CutoverState {
    Drained drain() {
      return new Drained();
    }

    Aborted abort() {
      return new Aborted();
    }

    @Override
    public Optional<CutoverState> next(AttemptKind kind) {
      return Optional.of(drain());
    }

    @Override
    public Optional<Aborted> back() {
      return Optional.of(abort());
    }
  }

  /** Everything up to the marker is applied, and balanced. */
  record Drained() implements CutoverState {
    Proven prove() {
      return new Proven();
    }

    Aborted abort() {
      return new Aborted();
    }

    @Override
    public Optional<CutoverState> next(AttemptKind kind) {
      return Optional.of(prove());
    }

    @Override
    public Optional<Aborted> back() {
      return Optional.of(abort());
    }
  }

  /** Both sides were compared while they stood still. */
  record Proven() implements CutoverState {
    Sequenced sequence() {
      return new Sequenced();
    }

    Rehearsed rehearse() {
      return new Rehearsed();
    }

    Aborted abort() {
      return new Aborted();
    }

    @Override
    public Optional<CutoverState> next(AttemptKind kind) {
      return Optional.of(
          switch (kind) {
            case REHEARSAL -> rehearse();
            case CUTOVER -> sequence();
          });
    }

    @Override
    public Optional<Aborted> back() {
      return Optional.of(abort());
    }
  }

  /** The other side's sequences go on beyond what this side has given out. */
  record Sequenced() implements CutoverState {
    Reversed reverse() {
      return new Reversed();
    }

    Aborted abort() {
      return new Aborted();
    }

    @Override
    public Optional<CutoverState> next(AttemptKind kind) {
      return Optional.of(reverse());
    }

    @Override
    public Optional<Aborted> back() {
      return Optional.of(abort());
    }
  }

  /** The way back runs, and was tried. */
  record Reversed() implements CutoverState {
    Opened open() {
      return new Opened();
    }

    Aborted abort() {
      return new Aborted();
    }

    @Override
    public Optional<CutoverState> next(AttemptKind kind) {
      return Optional.of(open());
    }

    @Override
    public Optional<Aborted> back() {
      return Optional.of(abort());
    }
  }

  /** The other side takes writes. From here there is no way but on. */
  record Opened() implements CutoverState {}

  /** All of it was proven, and this side takes writes again. */
  record Rehearsed() implements CutoverState {}

  /** It was given up; this side takes writes again. */
  record Aborted() implements CutoverState {}

  /** In the order in which they come, and then the ways to end before. */
  List<CutoverState> ALL =
      List.of(
          new Prepared(),
          new Fenced(),
          new Drained(),
          new Proven(),
          new Sequenced(),
          new Reversed(),
          new Opened(),
          new Rehearsed(),
          new Aborted());

  /** The state that follows when all goes well; empty at the end. */
  default Optional<CutoverState> next(AttemptKind kind) {
    return Optional.empty();
  }

  /** The way back; empty where there is none any more. */
  default Optional<Aborted> back() {
    return Optional.empty();
  }

  /** As it is written down, {@code PREPARED} for example. */
  default String word() {
    return getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no state has this name
   */
  static CutoverState of(String word) {
    return ALL.stream()
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not a state of a cutover: " + word));
  }
}
