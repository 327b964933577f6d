package nl.veer.control.word;

/** What a role says that it does. */
public enum Doing {
  STARTING,
  /** For another role, or for something to do. */
  WAITING,
  LOADING,
  CATCHING_UP,
  RUNNING,
  /** Something is away; it goes on by itself. */
  RETRYING,
  /** Something does not fit; somebody must act, then it goes on by itself. */
  INCIDENT,
  /** It does nothing any more; its process is still there. */
  FAILED,
  /** The last word: its process has done with it, tidily. */
  ENDED,
  /** Not said by a role: another version of Veer said something that this one cannot read. */
  UNREADABLE;

  /** Whether it does its work, or will as soon as there is some. */
  public boolean isFine() {
    return switch (this) {
      case STARTING, WAITING, LOADING, CATCHING_UP, RUNNING -> true;
      case RETRYING, INCIDENT, FAILED, ENDED, UNREADABLE -> false;
    };
  }
}
