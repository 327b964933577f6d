// The language of this page, as the server chose it, and what is said in it.

export const language = document.documentElement.lang === 'nl' ? 'nl' : 'en'

/**
 * Speaks a dictionary: {en: {key: 'text with {holes}'}, nl: {...}}. Both have the same keys; a test
 * holds them to it. `t('rows', {n: 3})` takes `rows.one` where n is 1 and that is there.
 */
export function speak(dictionary) {
  const texts = dictionary[language]
  return (key, holes = {}) => {
    const text = (holes.n === 1 && texts[key + '.one']) || texts[key]
    if (text === undefined) {
      throw new Error('No word for ' + key)
    }
    return text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = holes[name]
      return typeof value === 'number' ? format.count(value) : String(value ?? '–')
    })
  }
}

const number = new Intl.NumberFormat(language)
const fine = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })
const brief = new Intl.DateTimeFormat(language, {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})

/** How far the server's clock is ahead of this machine's, in milliseconds. */
let offset = 0

/** To be told whenever the server says what time it is. */
export function setOffset(millis) {
  offset = millis
}

/** Milliseconds since 1970 by the server's clock, as far as it is known. */
export function now() {
  return Date.now() + offset
}

const UNKNOWN = '–'

/** How figures are put. What is not known is a dash, never a zero. */
export const format = {
  count: (n) => (n == null ? UNKNOWN : number.format(n)),
  rate: (n) => (n == null ? UNKNOWN : fine.format(n)),
  share: (n) => (n == null ? UNKNOWN : percent.format(n)),
  bytes: (n) => (n == null ? UNKNOWN : scaled(n, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB'])),
  millis: (n) => (n == null ? UNKNOWN : duration(n)),
  time: (at) => (at == null ? UNKNOWN : clock.format(new Date(at))),
  moment: (at) => (at == null ? UNKNOWN : day.format(new Date(at))),
  /** The time of day; with the day, if that is not today. */
  when: (at) => (at == null ? UNKNOWN : isToday(at) ? clock.format(new Date(at)) : brief.format(new Date(at))),
  /** How long ago that was, by the server's clock. */
  ago: (at) => (at == null ? UNKNOWN : duration(Math.max(0, now() - Date.parse(at)))),
}

function isToday(at) {
  return new Date(at).toDateString() === new Date(now()).toDateString()
}

function scaled(n, step, units) {
  let unit = 0
  let value = n
  while (Math.abs(value) >= step && unit < units.length - 1) {
    value /= step
    unit++
  }
  return fine.format(value) + '\u00a0' + units[unit]
}

function duration(millis) {
  if (millis < 1000) return number.format(Math.round(millis)) + '\u00a0ms'
  if (millis < 60_000) return fine.format(millis / 1000) + '\u00a0s'
  const minutes = Math.floor(millis / 60_000)
  if (minutes < 60) return `${minutes}\u00a0min ${Math.floor((millis % 60_000) / 1000)}\u00a0s`
  const hours = Math.floor(minutes / 60)
  const hour = language === 'nl' ? 'u' : 'h'
  if (hours < 48) return `${hours}\u00a0${hour} ${minutes % 60}\u00a0min`
  return `${Math.floor(hours / 24)}\u00a0d ${hours % 24}\u00a0${hour}`
}
