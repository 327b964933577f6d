// What both sides hold of a row that differs: real values, for whoever may see them and says why.
// They are kept nowhere but in this dialog, and gone when it is closed.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { createRef, ref } from '/assets/lib/lit-html/directives/ref.js'
import * as api from '../shell/api.js'
import { notice, position } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import { said } from './records.js'
import words from '../words/key.js'

const t = speak(words)

export class Values {
  #context
  #address
  #dialog = createRef()
  #session = null
  #shown = null
  #refused = null
  #asking = false

  /** Of the wave's difference with this id. */
  constructor(context, wave, id) {
    this.#context = context
    this.#address = api.path`/waves/${wave}/differences/${id}/values`
    context.whoLooks((session) => (this.#session = session))
  }

  get #isAllowed() {
    return this.#session != null && api.may(this.#session.role, 'OPERATOR')
  }

  /** Nothing for who may not. */
  button() {
    if (this.#session == null) return nothing
    if (!this.#isAllowed) return html`<p class="soft">${t('values.operator')}</p>`
    return html`<button type="button" @click=${() => this.#dialog.value.showModal()}>${t('values.show')}</button>`
  }

  dialog() {
    return !this.#isAllowed ? nothing : html`<dialog ${ref(this.#dialog)} class="values"
      aria-labelledby="values-title" @close=${() => this.#forget()}>
      <h2 id="values-title">${t('values.title')}</h2>
      ${this.#shown == null ? this.#form() : this.#table(this.#shown)}
    </dialog>`
  }

  #form() {
    return html`<form method="dialog" @submit=${this.#ask}>
      <p>${t('values.audited')}</p>
      <label class="reason">${t('values.reason')}
        <textarea name="reason" rows="2" maxlength="500" required autofocus></textarea></label>
      ${this.#refused ? notice('unknown', t('values.refused'), said(this.#refused)) : nothing}
      <p class="ends-of-dialog">
        <button type="button" @click=${() => this.#dialog.value.close()}>${t('cancel')}</button>
        <button class="main" ?disabled=${this.#asking}>${t('values.show')}</button>
      </p>
    </form>`
  }

  #table(row) {
    const side = (absent, value) =>
      absent ? html`<em class="soft">${t('values.absent')}</em>`
      : value == null ? html`<em class="soft">NULL</em>` : html`<span class="code">${value}</span>`
    return html`
      <p class="soft">${row.key.map((one, i) => html`${i ? ', ' : ''}<strong class="code">${one.column}</strong> <span class="code">${one.value}</span>`)}</p>
      ${row.words ? notice('unknown', said(row.words), '') : nothing}
      ${row.columns.length === 0 ? nothing : html`<div class="wide"><table>
        <thead><tr><th scope="col">${t('column')}</th><th scope="col">${t('source')}</th><th scope="col">${t('target')}</th></tr></thead>
        <tbody>${row.columns.map((one) => html`<tr>
          <td><strong class="code">${one.column}</strong></td>
          <td>${side(one.sourceAbsent, one.source)}</td>
          <td>${side(one.targetAbsent, one.target)}</td>
        </tr>${one.cut ? html`<tr><td></td><td colspan="2" class="soft">${t('values.cut')}</td></tr>` : nothing}`)}</tbody>
      </table></div>`}
      <p class="small">${t('values.read', { at: format.moment(row.readAt) })}
        ${t('source')} ${position(row.sourcePosition)} · ${t('target')} ${position(row.targetPosition)}</p>
      <p class="ends-of-dialog"><button type="button" class="main" autofocus
        @click=${() => this.#dialog.value.close()}>${t('close')}</button></p>`
  }

  #ask = async (event) => {
    event.preventDefault()
    const reason = new FormData(event.target).get('reason').trim()
    if (reason === '' || this.#asking) return
    this.#asking = true
    this.#refused = null
    this.#context.redraw()
    try {
      const row = await api.post(this.#address, { reason })
      // Whoever has closed the dialog meanwhile does not want to see it any more.
      if (this.#dialog.value?.open) this.#shown = row
    } catch (refused) {
      this.#refused = refused.message || refused.code
    }
    this.#asking = false
    this.#context.redraw()
  }

  #forget() {
    this.#shown = null
    this.#refused = null
    this.#context.redraw()
  }
}
