package nl.veer.control.cutover;

import nl.veer.verifier.scan.Scan;

/** Every row of both sides is compared. */
record WholeProof(StillSides sides, Scan scan) implements Proof {

  /** Gets ready while writes go on. */
  static WholeProof prepare(Drive drive, StillSides sides) {
    Scan scan = sides.scan(drive);
    boolean ready = false;
    try {
      scan.ready();
      ready = true;
      return new WholeProof(sides, scan);
    } finally {
      if (!ready) {
        scan.close();
      }
    }
  }

  @Override
  public Compared compare(Drive drive) {
    return Compared.whole(sides.run(drive, scan, drive.leg().tables()));
  }

  @Override
  public void close() {
    scan.close();
  }
}
