// Asks once more before something is done: what will happen, why, and for what moves production
// the wave's name, typed.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { createRef, ref } from '/assets/lib/lit-html/directives/ref.js'
import { path, post, Refused } from '../shell/api.js'
import { english, notice } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import words from '../words/gate.js'
import { commandWord } from './commands.js'

const t = speak(words)

const MOVES = ['CUTOVER', 'FALLBACK']

/** What production feels is not done without a word for the audit log; who aborts is in a hurry. */
const REASONED = [...MOVES, 'REHEARSE']

const BUDGETED = [...MOVES, 'REHEARSE']

export class Dialog {
  #context
  #element = createRef()
  #done
  #what = null
  #trouble = null
  #busy = false
  #typed = ''
  #seconds = 0

  /** `done()` is called when the server has taken it, or may have. */
  constructor(context, done) {
    this.#context = context
    this.#done = done
  }

  /** Before a command is sent; `facts()` tells what is known whenever this is drawn. */
  ask(wave, command, facts) {
    this.#open({ wave, command, facts, approve: null })
  }

  /** Before somebody says yes or no to another's command. */
  decide(one, approve, facts) {
    this.#open({ wave: one.wave, command: one.command, facts, approve, id: one.id, askedBy: one.askedBy, reason: one.reason })
  }

  #open(what) {
    this.#what = what
    this.#trouble = null
    this.#typed = ''
    this.#seconds = 0
    this.#context.redraw()
    // Drawn first, so that the browser finds what is to have the focus.
    requestAnimationFrame(() => {
      const dialog = this.#element.value
      dialog.querySelector('form').reset()
      dialog.showModal()
    })
  }

  view() {
    const what = this.#what
    return html`<dialog ${ref(this.#element)} aria-labelledby="dialog-title" @close=${this.#closed}>
      <form method="dialog" @submit=${this.#send}>${what == null ? nothing : this.#content(what)}</form>
    </dialog>`
  }

  #content(what) {
    const { wave, command, approve } = what
    const facts = what.facts()
    const moves = MOVES.includes(command) && approve !== false
    const reasoned = approve != null ? !approve : REASONED.includes(command)
    const sure = !moves || this.#typed === wave
    return html`
      <h2 id="dialog-title">${title(what)}</h2>
      ${approve != null ? html`<p>${t('wants', { who: what.askedBy, what: commandWord(command), wave })} ${what.reason ? t('because', { why: what.reason }) : ''}</p>` : nothing}
      ${approve === false ? html`<p>${t('will.refuse')}</p>` : happens(command, approve == null ? this.#asked(facts) : { ...facts, approval: false })}
      ${this.#trouble ?? nothing}
      <div class="asked">
        ${moves
          ? html`<label
              >${t('type', { wave })}
              <input name="confirm" autocomplete="off" autocapitalize="off" spellcheck="false" required autofocus @input=${this.#type} />
            </label>`
          : nothing}
        <label
          >${reasoned ? t('reason') : t('reason.maybe')}
          <textarea name="reason" rows="2" maxlength="500" ?required=${reasoned}></textarea>
        </label>
        ${approve == null && BUDGETED.includes(command)
          ? html`<label
              >${t('budget')}
              <input name="budget" type="number" min="0.1" max="3600" step="0.1" inputmode="decimal" @input=${this.#budget} />
            </label>`
          : nothing}
      </div>
      <div class="buttons">
        <button class=${command === 'ABORT' || approve === false ? 'danger' : 'main'} name="send" ?autofocus=${command === 'ABORT'} ?disabled=${!sure || this.#busy}>${verb(what)}</button>
        <button type="button" @click=${() => this.#element.value.close()}>${t('cancel')}</button>
      </div>
    `
  }

  /** With the budget that is typed, if one is. */
  #asked(facts) {
    return this.#seconds > 0 ? { ...facts, budgetMillis: this.#seconds * 1000 } : facts
  }

  #type = (event) => {
    this.#typed = event.target.value
    this.#context.redraw()
  }

  #budget = (event) => {
    this.#seconds = Number(event.target.value) || 0
    this.#context.redraw()
  }

  #closed = () => {
    this.#what = null
    this.#context.redraw()
  }

  #send = async (event) => {
    event.preventDefault()
    const what = this.#what
    if (this.#busy || what == null) return
    const form = new FormData(event.target)
    this.#busy = true
    this.#trouble = null
    this.#context.redraw()
    try {
      await send(what, form)
      this.#taken(what)
    } catch (error) {
      this.#failed(what, error)
    }
    this.#busy = false
    this.#context.redraw()
  }

  #taken(what) {
    this.#context.say(t('taken', { what: commandWord(what.command), wave: what.wave }))
    // Whoever has closed it meanwhile may be at another command.
    if (this.#what === what) {
      this.#element.value?.close()
      // The button that it came from will be disabled, and then the focus would be nowhere.
      document.getElementById('main').focus({ preventScroll: true })
    }
    this.#done()
  }

  /** A refusal is an answer; where there is none, the command may be under way. */
  #failed(what, error) {
    const isRefused = error instanceof Refused && error.status < 500
    this.#context.say(isRefused ? `${error.code} ${error.message}` : t('unsure'))
    if (this.#what === what) {
      this.#trouble = isRefused
        ? notice('different', error.code, english(error.message))
        : notice('unknown', t('unsure'), error.message)
    }
    if (!isRefused) this.#done()
  }
}

function send(what, form) {
  const reason = form.get('reason')?.trim() || null
  if (what.approve != null) {
    return post(path`/commands/${what.id}/approval`, { approve: what.approve, reason })
  }
  const seconds = Number(form.get('budget') || 0)
  return post(path`/waves/${what.wave}/commands`, {
    command: what.command,
    reason,
    ...(seconds > 0 ? { budgetMillis: Math.round(seconds * 1000) } : {}),
    ...(MOVES.includes(what.command) ? { confirm: form.get('confirm') } : {}),
  })
}

function title({ wave, command, approve }) {
  const name = { what: commandWord(command), wave }
  return approve == null ? t('ask', name) : approve ? t('ask.approve', name) : t('ask.refuse', name)
}

function verb({ command, approve }) {
  return approve == null ? commandWord(command) : t(approve ? 'approve' : 'refuse')
}

/** What will happen, in order; and what is against it. */
function happens(command, { gate, approval, budgetMillis, tables }) {
  const steps = { CUTOVER: 6, FALLBACK: 6, REHEARSE: 4 }[command]
  return html`
    ${steps
      ? html`<p>${t('will')}</p>
          <ol class="small">
            ${Array.from({ length: steps }, (_, i) => html`<li>${t(`will.${command}.${i + 1}`, { n: tables })}</li>`)}
          </ol>
          <p class="small">${t('will.undone', { budget: budgetMillis == null ? t('will.budget') : format.millis(budgetMillis) })}</p>`
      : html`<p>${t('will.' + command)}</p>`}
    ${steps ? against(gate) : nothing}
    ${approval && MOVES.includes(command) ? html`<p class="text-flight">${t('will.wait')}</p>` : nothing}
  `
}

function against(gate) {
  if (gate == null) return html`<p class="text-unknown"><strong>?</strong> ${t('will.unlooked')}</p>`
  return gate.open ? nothing : html`<p class="text-different"><strong>✕</strong> ${t('will.shut')}</p>`
}
