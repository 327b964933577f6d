// What the server says of the waves, each second. A connection that is silent is said to be so:
// nothing that was read is carried on as if it were of now.

import { moment, since } from './since.js'
import { setOffset } from './words.js'

/** Beyond this age nothing is known of now; the server says if a reading is good for longer. */
const GOOD_MILLIS = 15_000

/** So much later the connection is made anew, and again: a proxy may have dropped it. */
const ANEW_MILLIS = 5_000

/** Nobody has looked for so long: a browser has few connections to a server, for all of its tabs. */
const UNSEEN_MILLIS = 60_000

export class Live {
  #listeners = new Set()
  #source = null
  #body = null
  #heard = moment()
  #tried = moment()
  #trouble = false
  #resting = 0

  start() {
    this.#connect()
    setInterval(() => this.#beat(), 1000)
    document.addEventListener('visibilitychange', () => this.#turn())
    this.#turn()
  }

  /** Somebody looks, or does not any more. */
  #turn() {
    clearTimeout(this.#resting)
    if (document.hidden) this.#resting = setTimeout(() => this.#rest(), UNSEEN_MILLIS)
    else if (this.#source == null) this.#connect()
  }

  #rest() {
    this.#source.close()
    this.#source = null
    this.#trouble = false
  }

  #connect() {
    this.#source?.close()
    this.#tried = moment()
    this.#source = new EventSource('/api/v1/events')
    this.#source.addEventListener('waves', (event) => this.#take(JSON.parse(event.data)))
    this.#source.addEventListener('error', () => {
      this.#trouble = true
      this.#tell()
    })
  }

  #take(body) {
    this.#body = body
    this.#heard = moment()
    this.#trouble = false
    const now = this.serverNow
    if (now != null) setOffset(now - Date.now())
    this.#tell()
  }

  #beat() {
    const isDropped = since(this.#heard) > this.#goodMillis + ANEW_MILLIS
    if (this.#source != null && isDropped && since(this.#tried) > ANEW_MILLIS) this.#connect()
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

  get #goodMillis() {
    return this.#body?.goodMillis ?? GOOD_MILLIS
  }

  /** Since the status was read; null if none was. */
  get ageMillis() {
    return this.#body?.ageMillis == null ? null : this.#body.ageMillis + since(this.#heard)
  }

  get isSilent() {
    const age = this.ageMillis
    return age == null || age > this.#goodMillis
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
    if (!this.isSilent) return waves
    const unheard = since(this.#heard)
    return waves.map((wave) => silent(wave, unheard))
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

/** The same of which nothing is known of now; the server says it so too, of what it has not heard. */
function silent(wave, unheard) {
  const { verdict } = wave
  return {
    ...wave,
    state: 'UNKNOWN',
    lagMillis: null,
    bytesBehind: null,
    transactionsBehind: null,
    verificationLagMillis: null,
    forecast: null,
    today: wave.today && { ...wave.today, transactions: null, rows: null },
    load: { ...wave.load, rowsPerSecond: 0, secondsLeft: null },
    flow: (wave.flow ?? []).map((leg) => ({
      ...leg,
      state: 'SILENT',
      transactionsPerSecond: null,
      rowsPerSecond: null,
      lagMillis: null,
      bytesBehind: null,
      heardMillisAgo: leg.heardMillisAgo == null ? null : leg.heardMillisAgo + unheard,
    })),
    verdict: {
      ...verdict,
      verdict: 'UNKNOWN',
      reason: 'SILENT',
      words: null,
      equal: 0,
      different: 0,
      unknown: verdict.tables,
    },
  }
}
