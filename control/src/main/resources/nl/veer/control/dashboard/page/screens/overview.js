// One verdict, and what makes it up.

import { html } from '/assets/lib/lit-html/lit-html.js'
import { position, tone, verdictWord } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import words from '../words/overview.js'

const t = speak(words)

export function open(context) {
  const { live } = context
  const view = () => {
    const verdict = live.verdict
    return html`
      <h1 class="text-${tone(verdict)}">${verdictWord(verdict)}</h1>
      <p class="soft">${t('age', { age: format.millis(live.ageMillis) })}</p>
      ${live.waves.map(
        (wave) => html`<p>${wave.wave}: ${verdictWord(wave.verdict.verdict)} ${position(wave.verdict.position)}</p>`,
      )}
    `
  }
  return { title: t('title'), view }
}
