package nl.veer.control.cutover;

/** Every row of both sides is compared. */
record WholeProof(StillSides sides) implements Proof {

  @Override
  public Compared compare(Drive drive) {
    return Compared.whole(sides.scan(drive, drive.leg().tables()));
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
