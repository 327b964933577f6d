// One verdict, and what makes it up: may we cut over, and if not, why not?

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { underWay } from '../gate/attempt.js'
import { doing, named } from '../gate/predicates.js'
import { gate as gateCard, incidents as incidentsCard, load, today } from '../overview/cards.js'
import { flow } from '../overview/flow.js'
import { Lags } from '../overview/lags.js'
import { hero } from '../overview/verdict.js'
import { Answer } from '../shell/answer.js'
import { badge, notice, verdictWord } from '../shell/parts.js'
import { chosen, noSuchWave, stateTone, stateWord, waveSwitch } from '../shell/waves.js'
import { format, speak } from '../shell/words.js'
import words from '../words/overview.js'

const t = speak(words)

const SOON = 2_000

export function open(context) {
  const { live } = context
  const wanted = context.query.get('wave')
  const wave = chosen(live, wanted, { follows: true })

  const gate = new Answer()
  const incidents = new Answer()
  const attempts = new Answer()
  const commands = new Answer()
  // Each look sends a marker through the log, so there are fewer here than at the gate.
  context.poll('/gate', {}, () => (gate.body == null || gate.body.at == null || gate.body.looking ? SOON : 15_000), gate.take)
  context.poll('/incidents', { limit: 20 }, 10_000, incidents.take)
  context.poll('/cutover', { limit: 1 }, () => (anyUnderWay() ? SOON : 10_000), attempts.take)
  context.poll('/commands', { limit: 20 }, 10_000, commands.take)
  const lags = new Lags(context, () => wave()?.wave ?? null)

  const narrow = matchMedia('(max-width: 60rem)')
  narrow.addEventListener('change', context.redraw)
  context.atEnd(() => narrow.removeEventListener('change', context.redraw))

  const anyUnderWay = () => attempts.last?.waves.some((one) => underWay(one.attempts)) ?? false

  let said = null
  const sayChanges = () => {
    if (!live.isReady || said === live.verdict) return
    if (said != null) context.say(t('changed', { verdict: verdictWord(live.verdict) }))
    said = live.verdict
  }

  const view = () => {
    const shown = wave()
    lags.follow()
    sayChanges()
    return html`
      ${attention(live, attempts, commands)} ${hero(live, shown, gate)} ${waveSwitch(live.waves, shown, '/')}
      ${noSuchWave(live, wanted, shown)} ${shown == null ? nothing : html`<div class="grid">${ofWave(shown)}</div>`}
    `
  }

  const ofWave = (shown) => html`
    ${load(shown)}
    <section class="card">
      <div class="head"><h2>${t('flow')}</h2>${badge(stateTone(shown.state), stateWord(shown.state))}</div>
      ${flow(shown, narrow.matches)}
    </section>
    ${lags.view(shown)}
    <div class="third column full">
      ${today(shown)} ${gateCard(shown, gate, live)} ${incidentsCard(live.waves, incidents)}
    </div>
  `

  return { title: () => (live.isReady ? `${verdictWord(live.verdict)} · ${t('title')}` : t('title')), view }
}

/** What somebody is doing to the migration now, or waits for. */
function attention(live, attempts, commands) {
  const going = (attempts.last?.waves ?? []).flatMap((wave) => {
    const attempt = underWay(wave.attempts)
    return attempt ? [{ wave: wave.wave, attempt }] : []
  })
  const waiting = (commands.last?.commands ?? []).filter((one) => one.state === 'WAITING_APPROVAL').length
  return html`
    ${going.map(({ wave, attempt }) =>
      notice(
        attempts.isUnsure ? 'unknown' : 'flight',
        html`<a href="/gate?wave=${encodeURIComponent(wave)}"
          >${t('of.wave', { wave })}: ${t('under', { kind: named(attempt.name), state: doing(attempt.state) })}</a
        >`,
        attempts.isUnsure ? t('under.unsure', { age: format.millis(attempts.ageMillis) })
        : attempt.outage(live) == null
          ? ''
          : t('under.outage', { outage: format.millis(attempt.outage(live)), budget: format.millis(attempt.budgetMillis) }),
      ),
    )}
    ${waiting > 0 ? notice('flight', html`<a href="/gate">${t('waits', { n: waiting })}</a>`, '') : nothing}
  `
}
