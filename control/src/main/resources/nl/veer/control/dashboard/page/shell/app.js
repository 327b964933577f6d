// The frame around the screens: which one an address means, and when it is drawn.

import { html, render } from '/assets/lib/lit-html/lit-html.js'
import * as api from './api.js'
import { Live } from './live.js'
import { notice } from './parts.js'
import { format, language, speak } from './words.js'
import words from '../words/shell.js'

const t = speak(words)

/** Each address is one screen's; the names in braces are given to it, decoded. */
const SCREENS = [
  ['/', 'overview'],
  ['/tables', 'tables'],
  ['/waves/{wave}/tables', 'tables'],
  ['/waves/{wave}/tables/{table}', 'table'],
  ['/waves/{wave}/tables/{table}/keys/{key}', 'key'],
  ['/differences', 'differences'],
  ['/gate', 'gate'],
  ['/evidence', 'evidence'],
]

const live = new Live()
const main = document.getElementById('main')
const said = document.getElementById('said')

let screen = null
let drawing = false
let failure = null

/** Who looks is asked for again after so long, if nobody could tell. */
const AGAIN_MILLIS = 2_000

/** What a screen is given to work with; ended with it. */
class Context {
  #ends = []
  #ended = new AbortController()

  constructor(params, query) {
    this.params = params
    this.query = query
    this.live = live
  }

  get isEnded() {
    return this.#ended.signal.aborted
  }

  /** Draws the screen with the next picture. */
  redraw = () => {
    if (!this.isEnded) draw()
  }

  /** Is called when the screen is left. */
  atEnd(end) {
    this.#ends.push(end)
  }

  /**
   * Asks now and then again, while somebody looks, and at once when somebody looks again;
   * `use(body, refused)` takes what comes. Query and time may be functions; without a query nothing
   * is asked. What is returned asks at once.
   */
  poll(of, query, everyMillis, use) {
    let timer = 0
    let turn = 0
    const ask = async () => {
      clearTimeout(timer)
      const mine = ++turn
      const wanted = now(query)
      if (!document.hidden && wanted != null) {
        const take = (body, refused) => {
          if (mine !== turn || this.isEnded) return
          use(body, refused)
          this.redraw()
        }
        try {
          take(await api.get(of, wanted, this.#ended.signal), null)
        } catch (refused) {
          take(null, refused)
        }
      }
      if (!this.isEnded && mine === turn) timer = setTimeout(ask, now(everyMillis))
    }
    ask()
    const back = () => document.hidden || ask()
    document.addEventListener('visibilitychange', back)
    this.atEnd(() => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', back)
    })
    return ask
  }

  /** `use(session)` is told who looks, as soon as the server can tell. */
  async whoLooks(use) {
    while (!this.isEnded) {
      const session = await api.session().catch(() => null)
      if (session != null) {
        if (!this.isEnded) use(session)
        return this.redraw()
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLIS))
    }
  }

  /** Goes to another address of this page. */
  go(address, { replace = false } = {}) {
    history[replace ? 'replaceState' : 'pushState'](null, '', address)
    show()
  }

  /** Keeps what is chosen here in the address, without leaving the screen. */
  keep(query) {
    const search = new URLSearchParams(
      Object.entries(query).filter(([, value]) => value != null && value !== ''),
    ).toString()
    history.replaceState(null, '', location.pathname + (search ? '?' + search : ''))
  }

  /** Is read out to whoever cannot see it. */
  say(text) {
    said.textContent = text
  }

  end() {
    this.#ended.abort()
    this.#ends.forEach((end) => end())
  }
}

function now(given) {
  return typeof given === 'function' ? given() : given
}

function match(pathname) {
  const parts = pathname.split('/')
  for (const [pattern, name] of SCREENS) {
    const wanted = pattern.split('/')
    if (wanted.length !== parts.length) continue
    const params = {}
    const fits = wanted.every((part, i) => {
      if (!part.startsWith('{')) return part === parts[i]
      params[part.slice(1, -1)] = decodeURIComponent(parts[i])
      return true
    })
    if (fits) return { name, params }
  }
  return { name: 'overview', params: {} }
}

/** Counts, so that a screen which loads late does not replace a later one. */
let shown = 0

async function show() {
  const turn = ++shown
  const { name, params } = match(location.pathname)
  const module = await import(`../screens/${name}.js`)
  if (turn !== shown) return
  const moved = screen != null
  screen?.context.end()
  const context = new Context(params, new URLSearchParams(location.search))
  failure = null
  screen = { context, view: null, title: '' }
  const opened = module.open(context)
  screen.view = opened.view
  screen.title = opened.title
  mark(name)
  drawNow()
  if (moved) {
    window.scrollTo(0, 0)
    main.focus({ preventScroll: true })
  }
}

/** Says in the menu where one is. */
function mark(name) {
  const of = { table: 'tables', key: 'tables' }[name] ?? name
  document.querySelectorAll('nav [data-screen]').forEach((link) => {
    if (link.dataset.screen === of) {
      link.setAttribute('aria-current', 'page')
      // On a phone the menu is wider than the window.
      link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.offsetLeft - 24
    } else link.removeAttribute('aria-current')
  })
}

function draw() {
  if (drawing) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    drawNow()
  })
}

function drawNow() {
  if (screen?.view == null) return
  try {
    render(html`${connection()} ${screen.view()}`, main)
  } catch (error) {
    if (failure == null) {
      failure = error
      console.error(error)
    }
    render(notice('different', t('failed'), error.message), main)
  }
  entitle()
}

/** Also while nobody looks: a tab shows its title. */
function entitle() {
  if (screen?.view == null) return
  const title = typeof screen.title === 'function' ? screen.title() : screen.title
  document.title = `${title} · ${document.documentElement.dataset.migration} · Veer`
}

function connection() {
  if (!live.isReady && !live.isLost) return notice('unknown', t('waiting'), '')
  if (live.isSilent) {
    const age = live.ageMillis
    return notice('unknown', t('silent'), age == null ? '' : t('silent.age', { age: format.millis(age) }))
  }
  return live.isLost ? notice('flight', t('lost'), '') : null
}

// Links within the page do not load it anew.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]')
  if (
    link == null || event.defaultPrevented || event.button !== 0 ||
    event.metaKey || event.ctrlKey || event.shiftKey || event.altKey ||
    link.target || link.hasAttribute('download')
  ) {
    return
  }
  const to = new URL(link.href)
  const ours = to.origin === location.origin && !to.pathname.startsWith('/api/') && !to.pathname.startsWith('/log')
  if (!ours || (to.hash && to.pathname === location.pathname)) return
  event.preventDefault()
  history.pushState(null, '', to.pathname + to.search)
  show()
})
window.addEventListener('popstate', show)

document.getElementById('language').addEventListener('click', () => {
  const other = language === 'nl' ? 'en' : 'nl'
  document.cookie = `veer-language=${other}; path=/; max-age=31536000; samesite=strict`
  location.reload()
})

document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
  localStorage.setItem('veer-theme', root.dataset.theme)
  window.dispatchEvent(new Event('veer-theme'))
})

live.listen(() => (document.hidden ? entitle() : draw()))
document.addEventListener('visibilitychange', () => document.hidden || draw())
live.start()
show()
