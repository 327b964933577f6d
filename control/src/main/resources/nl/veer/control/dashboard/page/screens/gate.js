// The gate, the cutover that is under way, and what may be asked for.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { underWay } from '../gate/attempt.js'
import { abortButton, buttonsCard, recentCard, waitingCard } from '../gate/commands.js'
import { attemptsCard, underWayCard } from '../gate/cutover.js'
import { Dialog } from '../gate/dialog.js'
import { gateOf, predicatesCard, summary } from '../gate/gates.js'
import { Answer } from '../shell/answer.js'
import { chosen, noSuchWave, waveSwitch } from '../shell/waves.js'
import { speak } from '../shell/words.js'
import words from '../words/gate.js'

const t = speak(words)

const OFTEN = 1_000
const CLOCK = 100

export function open(context) {
  const { live } = context
  const wanted = context.query.get('wave')
  const wave = chosen(live, wanted)

  const gate = new Answer()
  const attempts = new Answer()
  const commands = new Answer()
  let who = null
  context.whoLooks((known) => (who = known))

  const lines = (of) => attempts.last?.waves.find((one) => one.wave === of)?.attempts ?? []
  const going = () => underWay(lines(wave()?.wave))
  const busy = () => going() != null || (commands.last?.commands ?? []).some((one) => one.state === 'RUNNING')

  const lookSoon = () => gate.body?.at == null || gate.body.looking
  context.poll('/gate', {}, () => (lookSoon() ? OFTEN : 3 * OFTEN), gate.take)
  const askAttempts = context.poll('/cutover', { limit: 6 }, () => (busy() ? OFTEN : 5 * OFTEN), attempts.take)
  const askCommands = context.poll('/commands', { limit: 20 }, () => (busy() ? OFTEN : 2 * OFTEN), (body, refused) => {
    const before = busy()
    commands.take(body, refused)
    if (busy() && !before) askAttempts()
  })

  // The clock goes on between two answers, and costs nothing while there is none.
  const clock = setInterval(() => going() && !document.hidden && context.redraw(), CLOCK)
  context.atEnd(() => clearInterval(clock))

  const dialog = new Dialog(context, () => {
    askCommands()
    askAttempts()
  })
  /** As they are whenever the dialog is drawn: somebody may leave it open for long. */
  const facts = (of) => ({
    gate: live.isSilent ? null : gateOf(gate, of),
    approval: who?.approval ?? commands.last?.approval ?? false,
    budgetMillis: commands.last?.maxOutageMillis ?? null,
    tables: live.wave(of)?.verdict.tables ?? null,
  })
  const ask = (of, command) => dialog.ask(of, command, () => facts(of))
  const decide = (one, approve) =>
    dialog.decide(one, approve, () => ({ ...facts(one.wave), budgetMillis: one.budgetMillis }))

  const view = () => {
    const shown = wave()
    return html`
      <h1>${t('title')}${shown && live.waves.length > 1 ? html`: ${shown.wave}` : nothing}</h1>
      ${waveSwitch(live.waves, shown, '/gate')} ${noSuchWave(live, wanted, shown)}
      ${shown == null ? nothing : content(shown)} ${dialog.view()}
    `
  }

  const content = (shown) => html`
    <div class="grid">
      ${underWayCard(underWay(lines(shown.wave)), shown.wave, live, attempts, abortButton(shown.wave, who, commands, ask))}
      ${waitingCard(who, commands, decide)} ${summary(shown, gate, live)}
      <div class="two-thirds">${predicatesCard(shown, gate)}</div>
      <div class="third column">
        ${buttonsCard(shown.wave, who, commands, ask)} ${attemptsCard(attempts, shown.wave)} ${recentCard(commands)}
      </div>
    </div>
  `

  return { title: t('title'), view }
}
