// What the server says of the waves, each second. A connection that is silent is said to be so:
// nothing that was read is carried on as if it were of now.

/** Beyond this age nothing is known of now; the server has the same bound. */
const SILENT_MILLIS = 15_000

/** If nothing was heard for so long, the connection is made anew: a proxy may have dropped it. */
const ANEW_MILLIS = 20_000

export class Live {
  #listeners = new Set()
  #source = null
  #body = null
  #heard = performance.now()
  #trouble = false

  start() {
    this.#connect()
    setInterval(() => this.#beat(), 1000)
  }

  #connect() {
    this.#source?.close()
    this.#source = new EventSource('/api/v1/events')
    this.#source.addEventListener('waves', (event) => {
      this.#body = JSON.parse(event.data)
      this.#heard = performance.now()
      this.#trouble = false
      this.#tell()
    })
    this.#source.addEventListener('error', () => {
      this.#trouble = true
      this.#tell()
    })
  }

  #beat() {
    if (performance.now() - this.#heard > ANEW_MILLIS) {
      this.#heard = performance.now() - SILENT_MILLIS
      this.#connect()
    }
    this.#tell()
  }

  #tell() {
    this.#listeners.forEach((listener) => listener(this))
  }

  /** Is called on news, and every second; returns what ends that. */
  listen(listener) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Since the status was read; null if none was. */
  get ageMillis() {
    return this.#body?.ageMillis == null
      ? null
      : this.#body.ageMillis + (performance.now() - this.#heard)
  }

  get isSilent() {
    const age = this.ageMillis
    return age == null || age > SILENT_MILLIS
  }

  /** Whether the connection is broken now. */
  get isLost() {
    return this.#trouble
  }

  get isReady() {
    return this.#body != null
  }

  get at() {
    return this.#body?.at ?? null
  }

  /** Milliseconds since 1970 by the server's clock, whatever this machine's says; null before it spoke. */
  get serverNow() {
    return this.at == null ? null : Date.parse(this.at) + this.ageMillis
  }

  /** All waves, as they are known now. */
  get waves() {
    const waves = this.#body?.waves ?? []
    return this.isSilent ? waves.map(silent) : waves
  }

  wave(name) {
    return this.waves.find((wave) => wave.wave === name) ?? null
  }

  /** EQUAL only if each wave is, DIFFERENT if one is. */
  get verdict() {
    const verdicts = this.waves.map((wave) => wave.verdict.verdict)
    if (verdicts.includes('DIFFERENT')) return 'DIFFERENT'
    return verdicts.length > 0 && verdicts.every((one) => one === 'EQUAL') ? 'EQUAL' : 'UNKNOWN'
  }
}

function silent(wave) {
  return {
    ...wave,
    state: 'UNKNOWN',
    lagMillis: null,
    bytesBehind: null,
    transactionsBehind: null,
    verificationLagMillis: null,
    forecast: null,
    flow: (wave.flow ?? []).map((leg) => ({
      ...leg,
      state: 'SILENT',
      transactionsPerSecond: null,
      rowsPerSecond: null,
      lagMillis: null,
      bytesBehind: null,
    })),
    verdict: { ...wave.verdict, verdict: 'UNKNOWN', reason: 'SILENT', words: null },
  }
}
