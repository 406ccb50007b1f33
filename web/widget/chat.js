// <immunobot-chat>: the element itself. docs/website.md describes its attributes, methods and events.
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLES);
const SCRIPT = document.currentScript && document.currentScript.src;
const CHOICES = { mode: ['bubble', 'inline', 'link'], position: ['right', 'left'], persist: ['tab', 'none', 'day'], theme: ['auto', 'light', 'dark'], events: ['safe', 'full'], lang: ['auto', 'fr', 'en'] };
const PART_OF_LIMIT = 0.8;
const warned = new Set();

class ImmunobotChat extends HTMLElement {
  static observedAttributes = ['lang', 'mode', 'position', 'open', 'title', 'greeting', 'privacy-url', 'contact-url', 'suggestions', 'persist', 'theme', 'endpoint'];

  #root;             // all that is drawn
  #parts = {};       // its pieces by name
  #words = [];       // what is said again in the other language
  #turns = [];       // {text, message, at, reply, article, fault}
  #busy = null;      // the turn that waits for its answer
  #age = 0;          // goes up when the conversation is forgotten: late answers are dropped
  #welcome = {};
  #language = '';    // chosen by the visitor
  #memory;
  #events;           // ends the listeners of the page when the element goes
  #timers = new Set();
  #open = false;
  #screen;
  #typing;

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [SHEET];
  }

  connectedCallback() {
    this.#events = new AbortController();
    const { signal } = this.#events;
    addEventListener('online', () => this.#resend(), { signal });
    addEventListener('focus', () => this.#lookAgain(), { signal });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#paint(), { signal });
    this.#build();
  }

  disconnectedCallback() {
    this.#events.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    if (this.#open) this.#leave();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || !this.#root || before === after) return;
    if (name === 'open') return after === null ? this.close() : this.open();
    if (name === 'lang') this.#language = '';
    if (name === 'persist') this.#memory = new Memory(this.#choice('persist'));
    if (name === 'mode') {
      if (this.#open) this.#leave();
      return this.#build();
    }
    this.#translate();
    this.#paint();
    if (this.#open && (name === 'lang' || name === 'suggestions')) this.#greet();
  }

  open() {
    if (this.#open || !this.#root) return;
    this.#open = true;
    this.#furnish();
    const { panel, launcher, title, field } = this.#parts;
    if (this.#mode !== 'inline') {
      const phone = isPhone();
      panel.classList.toggle('phone', phone);
      if (phone) {
        panel.setAttribute('aria-modal', 'true');
        panel.showModal();
        this.#screen.enter();
      } else {
        panel.show();
      }
      this.toggleAttribute('open', true);
      launcher.setAttribute('aria-expanded', 'true');
      this.#paint();
      (phone ? title : field).focus({ preventScroll: true });
    }
    this.#scrollToEnd();
    this.#greet();
    this.#restore();
    this.#tell('open');
  }

  close() {
    if (!this.#open || this.#mode === 'inline') return;
    this.#leave();
    this.#parts.launcher.focus({ preventScroll: true });
    this.#tell('close');
  }

  // Asks as if the visitor had typed it. Opens the panel.
  ask(text) {
    this.open();
    return this.#ask(String(text));
  }

  // Forgets the conversation here and on the server.
  clear() { return this.#forget(); }

  get #mode() { return this.#choice('mode'); }
  get #home() { return new URL(this.getAttribute('endpoint') || SCRIPT || location.href, location.href).origin; }
  get #lang() {
    const wanted = [this.#language, this.getAttribute('lang'), this.parentElement?.closest('[lang]')?.lang, navigator.language];
    return wanted.map((code) => /^(fr|en)\b/i.exec(code || '')?.[1].toLowerCase()).find(Boolean) || 'en';
  }
  get #t() { return TEXTS[this.#lang]; }

  // The value of an attribute that has a few; the first for any other, with one warning.
  #choice(name) {
    const value = this.getAttribute(name);
    if (value === null || CHOICES[name].includes(value)) return value ?? CHOICES[name][0];
    const complaint = `immunobot-chat: ${name}="${value}" is none of ${CHOICES[name].join(', ')}`;
    if (!warned.has(complaint)) console.warn(complaint);
    warned.add(complaint);
    return CHOICES[name][0];
  }

  #tell(name, detail, whole) {
    const all = this.#choice('events') === 'full';
    this.dispatchEvent(new CustomEvent(`immunobot:${name}`, { bubbles: true, composed: true, detail: { ...detail, ...(all ? whole : {}) } }));
  }

  #later(action, wait) {
    const timer = setTimeout(() => { this.#timers.delete(timer); action(); }, wait);
    this.#timers.add(timer);
    return () => { clearTimeout(timer); this.#timers.delete(timer); };
  }

  // --- what is drawn ---

  // A node whose text (or attribute) follows the language.
  #say(node, words, attribute) {
    const say = () => {
      const text = typo(words(this.#t), this.#lang);
      if (attribute) node.setAttribute(attribute, text);
      else if (node.textContent !== text) node.textContent = text;
    };
    this.#words.push(say);
    say();
    return node;
  }

  #translate() {
    this.#choice('lang');
    this.#root.lang = this.#lang;
    this.#root.classList.toggle('left', this.#choice('position') === 'left');
    for (const say of this.#words) say();
  }

  // The launcher alone: a page that is never asked anything pays for nothing more.
  #build() {
    this.#memory = new Memory(this.#choice('persist'));
    this.#words = [];
    this.#parts = {};
    this.#screen = null;
    const launcher = h('button', { type: 'button', class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', onclick: () => this.#open ? this.close() : this.open() },
      icon('chat'), this.#say(h('span'), (t) => t.launcher));
    this.#parts.launcher = launcher;
    const inline = this.#mode === 'inline';
    this.#root = h('div', { class: `root ${this.#mode}`, role: 'region', title: '' }, inline ? null : launcher);
    this.#say(this.#root, (t) => this.getAttribute('title') || t.title, 'aria-label');
    this.shadowRoot.replaceChildren(this.#root);
    this.#translate();
    this.#paint();
    if (inline || this.hasAttribute('open')) return this.open();
    if (this.#mode === 'bubble') requestAnimationFrame(() => this.isConnected && escapeTransforms(this, launcher));
  }

  // The panel, when it is opened for the first time.
  #furnish() {
    if (this.#parts.panel) return;
    const inline = this.#mode === 'inline';
    const button = (words, action, ...inside) => this.#say(h('button', { type: 'button', onclick: action }, ...inside), words, inside.length ? 'aria-label' : undefined);
    const title = this.#say(h('h2', { id: 'title', tabindex: -1 }), (t) => this.getAttribute('title') || t.title);
    const house = this.#say(h('p', { class: 'house' }), () => this.#welcome.name || '');
    const other = this.#say(button((t) => t.other, () => this.#switchLanguage()), () => this.#lang === 'fr' ? 'en' : 'fr', 'lang');
    const more = button((t) => t.menu, () => this.#menu(menu.hidden), icon('more'));
    more.setAttribute('aria-expanded', 'false');
    more.setAttribute('aria-controls', 'menu');
    const menu = h('div', { class: 'menu', id: 'menu', hidden: true },
      button((t) => t.save, () => this.#save()), button((t) => t.print, () => this.#print()), button((t) => t.forget, () => this.#forget()));
    const log = this.#say(h('div', { class: 'log', role: 'log', tabindex: 0, 'aria-live': 'off', onscroll: () => this.#seen() }), (t) => t.log, 'aria-label');
    const fresh = h('button', { type: 'button', class: 'fresh', hidden: true, onclick: () => { this.#scrollToEnd(); log.focus(); } }, this.#say(h('span'), (t) => t.fresh), icon('down'));
    const field = h('textarea', { id: 'question', part: 'input', rows: 1, enterkeyhint: 'send', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-controls': 'options', 'aria-haspopup': 'listbox', onkeydown: (event) => this.#key(event), oninput: () => this.#typed() });
    this.#say(field, (t) => t.hint, 'placeholder');
    this.#typing = new TypeAhead(field, (typed) => this.#suggest(typed), (text) => { field.value = ''; this.#typed(); this.#ask(text); }, (n) => this.#announce(this.#t.options(n)));
    this.#say(this.#typing.list, (t) => t.question, 'aria-label');
    const note = h('div', { class: 'note', role: 'alert' });
    const count = h('p', { class: 'count', id: 'count', hidden: true });
    const send = this.#say(h('button', { class: 'send', part: 'button' }, icon('send')), (t) => t.send, 'aria-label');
    const form = h('form', { class: 'foot', onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      note, this.#typing.list, this.#say(h('label', { for: 'question', class: 'hide' }), (t) => t.question),
      h('div', { class: 'entry' }, field, send), count, this.#legal());
    const live = h('div', { class: 'hide', 'aria-live': 'polite' });
    const panel = h(inline ? 'div' : 'dialog', { class: 'panel', part: 'panel', 'aria-labelledby': inline ? null : 'title', onkeydown: (event) => this.#escape(event), oncancel: (event) => { event.preventDefault(); this.close(); } },
      h('div', { class: 'head', part: 'header' }, h('div', { class: 'name' }, title, house), other, more, inline ? null : button((t) => t.close, () => this.close(), icon('close'))),
      menu, h('div', { class: 'body' }, log, fresh), form, live);
    Object.assign(this.#parts, { panel, title, house, more, menu, log, fresh, field, note, count, live });
    this.#screen = new PhoneScreen(panel, () => this.close());
    this.#root.append(panel);
    for (const turn of this.#turns) log.append(...[turn.article, turn.answer].filter(Boolean));
    this.#limit();
    this.#paint();
  }

  // What is kept, no medical advice, and a person, always in sight.
  #legal() {
    const line = h('p');
    const fill = () => {
      const t = this.#t;
      const url = this.getAttribute('privacy-url') || this.#welcome.privacy_url;
      line.replaceChildren(typo(`${t.medical} ${this.#welcome.keep_days === undefined ? '' : t.kept(this.#welcome.keep_days)} `, this.#lang),
        ...(url ? [link(url, t.privacy, this.#lang, this.#home)] : []));
      place.replaceChildren(this.#contact(this.#lang));
    };
    const place = h('span');
    this.#words.push(fill);
    fill();
    return h('div', { class: 'legal' }, line, place);
  }

  #contact(lang) {
    const url = this.getAttribute('contact-url') || this.#welcome.contact_url;
    const found = url && safeLink(url, this.#home);
    const words = TEXTS[lang].person;
    const node = found ? link(url, words, lang, this.#home) : h('button', { type: 'button', onclick: () => this.#ask(TEXTS[lang].askPerson) }, words);
    node.classList.add('person');
    return node;
  }

  // Light or dark, and colours that can be read whatever the site has chosen.
  #paint() {
    if (!this.#root) return;
    const theme = this.#choice('theme');
    this.#root.classList.toggle('dark', theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark');
    for (const name of ['--_on', '--_ink']) this.#root.style.removeProperty(name);
    const { outlineColor: accent, caretColor: on, columnRuleColor: background } = getComputedStyle(this.#root);
    if (contrast(accent, on) < ENOUGH) this.#root.style.setProperty('--_on', contrast(accent, '#000') > contrast(accent, '#fff') ? '#000' : '#fff');
    if (contrast(accent, background) < ENOUGH) this.#root.style.setProperty('--_ink', 'var(--_fg)');
  }

  // --- opening and leaving ---

  #leave() {
    const { panel, launcher } = this.#parts;
    this.#open = false;
    this.#typing.close();
    this.#menu(false);
    if (this.#mode === 'inline' || !panel.open) return;
    if (panel.hasAttribute('aria-modal')) this.#screen.exit();
    panel.removeAttribute('aria-modal');
    panel.close();
    this.removeAttribute('open');
    launcher.setAttribute('aria-expanded', 'false');
  }

  #escape(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    const { menu, more } = this.#parts;
    event.preventDefault();
    if (menu.hidden) return this.close();
    this.#menu(false);
    more.focus();
  }

  #menu(wanted) {
    const { menu, more } = this.#parts;
    menu.hidden = !wanted;
    more.setAttribute('aria-expanded', String(wanted));
  }

  #switchLanguage() {
    this.#language = this.#lang === 'fr' ? 'en' : 'fr';
    this.#translate();
    this.#greet();
  }

  // --- first view ---

  async #greet() {
    const age = this.#age;
    const lang = this.#lang;
    this.#showGreeting();
    try {
      const welcome = await call(this.#home, `/api/v1/welcome?lang=${lang}`);
      if (age !== this.#age || lang !== this.#lang) return;
      this.#welcome = { ...texts(welcome, ['name', 'contact_url', 'privacy_url']), keep_days: Number(welcome.keep_days) || 0, longest: Number(welcome.longest_question) || 0, suggestions: list(welcome.suggestions, ['label', 'question']).slice(0, 5) };
      this.#limit();
      this.#translate();
      this.#showGreeting();
    } catch { /* the first question will tell what is wrong */ }
  }

  #showGreeting() {
    const { log } = this.#parts;
    const lang = this.#lang;
    const own = this.getAttribute('greeting');
    const starters = this.#starters();
    const greeting = h('article', { class: 'theirs greeting', part: 'message', lang },
      h('h3', { class: 'hide said' }, `${this.#t.bot}${lang === 'fr' ? '\u00a0' : ''}: `),
      h('div', { class: 'text' }, ...blocks(own ? `${own}\n${this.#t.robot}` : this.#t.hello(this.#welcome.name), lang, this.#home)),
      starters.length ? chips(this.#t.start, starters, lang, (text) => this.#ask(text)) : null);
    this.#parts.greeting?.remove();
    this.#parts.greeting = greeting;
    if (!this.#turns.length) log.prepend(greeting);
    log.classList.toggle('top', !this.#turns.length);
  }

  #starters() {
    const own = this.getAttribute('suggestions');
    if (own === 'none') return [];
    return own ? own.split('|').map((text) => text.trim()).filter(Boolean).slice(0, 5).map((question) => ({ label: '', question })) : this.#welcome.suggestions || [];
  }

  // --- typing ---

  get #longest() { return this.#welcome.longest || 2000; }
  #limit() { this.#parts.field.maxLength = this.#longest; }

  #typed() {
    const { field, count, note } = this.#parts;
    note.replaceChildren();
    const near = field.value.length >= this.#longest * PART_OF_LIMIT;
    count.hidden = !near;
    near ? field.setAttribute('aria-describedby', 'count') : field.removeAttribute('aria-describedby');
    const number = new Intl.NumberFormat(this.#lang === 'fr' ? 'fr-FR' : 'en-GB');
    count.textContent = `${number.format(field.value.length)} / ${number.format(this.#longest)}`;
    if (!CSS.supports('field-sizing', 'content')) {
      field.style.setProperty('height', 'auto');
      field.style.setProperty('height', `${field.scrollHeight + 2}px`);
    }
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || this.#typing.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    }
  }

  #suggest(typed) {
    return call(this.#home, '/api/v1/suggest', { q: typed, lang: this.#lang }).then((found) => list(found.suggestions, ['label', 'question']).slice(0, 5));
  }

  #submit(sure) {
    const { field } = this.#parts;
    const text = field.value.trim();
    this.#typing.close();
    if (!text) return this.#note(this.#t.empty);
    if (this.#busy) return this.#note(this.#t.wait);
    if (!sure && isPersonal(text)) return this.#warn();
    field.value = '';
    this.#typed();
    field.focus({ preventScroll: true });
    this.#ask(text);
  }

  #note(text, ...actions) {
    this.#parts.note.replaceChildren(h('p', null, typo(text, this.#lang)), ...(actions.length ? [h('div', { class: 'row' }, ...actions)] : []));
  }

  #warn() {
    const choice = (text, action) => h('button', { type: 'button', class: 'plain', onclick: action }, text);
    this.#note(this.#t.personal, choice(this.#t.edit, () => { this.#parts.note.replaceChildren(); this.#parts.field.focus(); }), choice(this.#t.anyway, () => this.#submit(true)));
  }

  // --- asking ---

  #ask(text, { asTyped = false } = {}) {
    if (!text.trim()) return undefined;
    if (this.#busy) return void this.#note(this.#t.wait);
    if (text.length > this.#longest) return void this.#note(this.#t.long(this.#longest));
    const turn = { text, asTyped, message: randomId(), at: new Date() };
    this.#turns.push(turn);
    this.#append(turn.article = this.#question(turn));
    this.#parts.log.classList.remove('top');
    this.#scrollToEnd();
    this.#tell('question', { length: text.length, lang: this.#lang }, { text });
    return this.#send(turn);
  }

  #question(turn) {
    const lang = this.#lang;
    return h('article', { class: 'mine', part: 'message' }, h('h3', { class: 'hide said' }, `${this.#t.you}${lang === 'fr' ? '\u00a0' : ''}: `, h('time', null, timeOf(turn.at, lang))),
      h('p', { class: turn.text ? null : 'unkept' }, turn.text || this.#t.hidden));
  }

  async #send(turn) {
    const age = this.#age;
    this.#busy = turn;
    turn.answer?.remove();
    turn.fault = null;
    const stop = this.#later(() => this.#wait(turn), 300);
    try {
      const reply = asReply(await call(this.#home, '/api/v1/ask', { question: turn.text, conversation: this.#memory.begin(), lang: this.#lang, message: turn.message, explain: true, as_typed: turn.asTyped }));
      if (age === this.#age) this.#answer(turn, reply);
    } catch (problem) {
      if (age === this.#age) this.#fail(turn, problem);
    } finally {
      stop();
      if (this.#busy === turn) this.#busy = null;
    }
  }

  #wait(turn) {
    if (this.#busy !== turn) return;
    this.#announce(this.#t.searching);
    this.#put(turn, h('div', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')));
  }

  // Shows the node as what came after the question.
  #put(turn, node) {
    const stays = !this.#atEnd();
    turn.answer?.remove();
    turn.article.after(turn.answer = node);
    if (!stays) this.#scrollTo(turn.article);
    this.#parts.fresh.hidden = !stays || !node.matches('.theirs');
  }

  #answer(turn, reply) {
    turn.reply = reply;
    const article = replyArticle(reply, turn, this.#chat);
    this.#put(turn, article);
    this.#announce(article.querySelector('.text').innerText);
    this.#tell('answer', { id: reply.id, status: reply.status, lang: reply.lang, intent: reply.intent }, { answer: reply.answer });
  }

  get #chat() {
    return {
      home: this.#home,
      kept: this.#welcome.keep_days > 0,
      ask: (text, how) => this.#ask(text, how),
      contact: (lang) => this.#contact(lang),
      rate: (id, helpful, reason) => call(this.#home, '/api/v1/feedback', { reply: id, helpful, reason: reason || null }),
    };
  }

  #fail(turn, fault) {
    const kind = TEXTS.en[fault.kind] ? fault.kind : 'server';
    this.#tell('error', { kind });
    if (kind === 'long') return this.#giveBack(turn);
    turn.fault = kind;
    const message = this.#say(h('p'), (t) => kind === 'busy' ? t.busy(fault.wait) : t[kind]);
    const again = this.#say(h('button', { type: 'button', class: 'plain', onclick: () => this.#busy || this.#send(turn) }), (t) => t.retry);
    this.#put(turn, h('div', { class: 'fault', role: 'alert' }, message, h('div', { class: 'row' }, again, this.#contact(this.#lang))));
    if (kind === 'busy') this.#countDown(message, again, fault.wait);
  }

  // The seconds are seen; they are not read out one by one.
  #countDown(message, again, seconds) {
    const clock = h('span', { 'aria-hidden': 'true' }, message.textContent);
    message.replaceChildren(h('span', { class: 'hide' }, message.textContent), clock);
    again.disabled = seconds > 0;
    const tick = () => {
      clock.textContent = this.#t.busy(--seconds);
      again.disabled = seconds > 0;
      if (seconds > 0) this.#later(tick, 1000);
    };
    this.#later(tick, 1000);
  }

  // Too long for the server: the visitor has it back to shorten it.
  #giveBack(turn) {
    this.#turns = this.#turns.filter((other) => other !== turn);
    turn.article.remove();
    turn.answer?.remove();
    this.#parts.field.value = turn.text;
    this.#typed();
    this.#note(this.#t.long(this.#longest));
  }

  #resend() {
    const turn = this.#turns.find((one) => one.fault === 'offline' || one.fault === 'network');
    if (turn && !this.#busy) this.#send(turn).then(() => turn.reply && this.#resend());
  }

  // --- the log ---

  #append(node) { this.#parts.log.append(node); }
  #atEnd() {
    const { log } = this.#parts;
    return log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  }
  #scrollToEnd() {
    const { log, fresh } = this.#parts;
    log.scrollTop = log.scrollHeight;
    fresh.hidden = true;
  }
  // The question at the top, so that a long answer is read from its beginning.
  #scrollTo(article) { this.#parts.log.scrollTop = article.offsetTop - 16; }
  #seen() { if (this.#atEnd()) this.#parts.fresh.hidden = true; }

  // Once, and gone before anybody reads on.
  #announce(text) {
    const { live } = this.#parts;
    live.textContent = text;
    this.#silence?.();
    this.#silence = this.#later(() => { live.textContent = ''; }, 1000);
  }
  #silence;

  // --- keeping and forgetting ---

  async #restore() {
    const { id } = this.#memory;
    if (!id || this.#turns.length) return;
    const age = this.#age;
    const found = await call(this.#home, `/api/v1/conversations/${id}`).catch(() => null);
    if (age === this.#age && !this.#turns.length && Array.isArray(found?.turns)) this.#replay(found.turns);
  }

  #replay(turns) {
    const { log, greeting } = this.#parts;
    const good = turns.flatMap((turn) => {
      try {
        return [{ text: typeof turn.question === 'string' ? turn.question : '', at: new Date(turn.asked_at), reply: asReply(turn.reply), restored: true }];
      } catch {
        return [];
      }
    });
    if (!good.length) return;
    this.#turns = good;
    good.at(-1).restored = false;
    greeting?.remove();
    log.classList.remove('top');
    log.replaceChildren(h('p', { class: 'small divider' }, this.#t.restored));
    for (const turn of good) {
      turn.article = this.#question(turn);
      turn.answer = replyArticle(turn.reply, turn, this.#chat);
      log.append(turn.article, turn.answer);
    }
    this.#scrollToEnd();
  }

  // What was said in another tab meanwhile.
  async #lookAgain() {
    if (!this.#open || this.#busy || this.#choice('persist') !== 'day') return;
    this.#memory.look();
    const { id } = this.#memory;
    const age = this.#age;
    const found = id && await call(this.#home, `/api/v1/conversations/${id}`).catch(() => null);
    if (age === this.#age && !this.#busy && found?.turns?.length > this.#turns.length) this.#replay(found.turns);
  }

  async #forget() {
    const { id } = this.#memory;
    this.#age += 1;
    this.#busy = null;
    this.#turns = [];
    if (this.#parts.panel) {
      this.#menu(false);
      this.#parts.log.replaceChildren();
      this.#parts.fresh.hidden = true;
      this.#showGreeting();
    }
    try {
      if (id) await call(this.#home, `/api/v1/conversations/${id}`, null, 'DELETE');
    } catch (problem) {
      if (problem.kind !== 'missing') return this.#note(this.#t.notForgotten);
    }
    this.#memory.forget();
    if (this.#parts.panel) {
      this.#note(this.#t.forgotten);
      this.#parts.field.focus({ preventScroll: true });
    }
  }

  #save() {
    this.#menu(false);
    const lines = this.#turns.map((turn) => {
      const t = TEXTS[turn.reply?.lang || this.#lang];
      return `${timeOf(turn.at, this.#lang)} ${t.you}: ${turn.text}\n${turn.reply ? `${t.bot}: ${asText(turn.reply)}\n` : ''}`;
    });
    const title = `${this.#parts.title.textContent} - ${location.host} - ${new Date().toLocaleDateString(this.#lang)}\n\n`;
    const url = URL.createObjectURL(new Blob(['\ufeff', title, lines.join('\n')], { type: 'text/plain;charset=utf-8' }));
    h('a', { href: url, download: 'conversation.txt' }).click();
    this.#later(() => URL.revokeObjectURL(url), 10000);
  }

  // A modal dialog prints one page only: it is an ordinary one meanwhile.
  #print() {
    this.#menu(false);
    const { panel } = this.#parts;
    const modal = panel.hasAttribute('aria-modal');
    if (modal) {
      panel.close();
      panel.show();
    }
    printAlone(this);
    if (modal) {
      panel.close();
      panel.showModal();
    }
  }
}

if (!customElements.get('immunobot-chat')) customElements.define('immunobot-chat', ImmunobotChat);
