// <immunobot-chat>: the element itself. docs/website.md describes its attributes, methods and events.
import { choice } from './attributes.js';
import { DARK, paint } from './colour.js';
import { h, icon, randomId } from './dom.js';
import { Memory } from './memory.js';
import { PhoneScreen, escapeTransforms, isPhone, printAlone } from './page.js';
import { chips, replyArticle, timeOf, transcript } from './reply.js';
import { asReply, call, list, texts } from './service.js';
import { TEXTS } from './strings.js';
import STYLES from 'styles';
import { TypeAhead } from './suggestions.js';
import { blocks, isPersonal, link, locale, safeLink, saying, typo } from './text.js';

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLES);
const SCRIPT = document.currentScript?.src;
const PART_OF_LIMIT = 0.8;
const CONVERSATION = '/api/v1/conversations/';

class ImmunobotChat extends HTMLElement {
  static get observedAttributes() { return ['lang', 'mode', 'position', 'open', 'title', 'greeting', 'privacy-url', 'contact-url', 'suggestions', 'persist', 'theme', 'endpoint']; }

  #root;             // all that is drawn
  #launcher; #panel; #title; #more; #menu; #log; #greeting; #fresh; #field; #note; #count; #live;   // its pieces
  #words = [];       // what is said again in the other language
  #turns = [];       // {$text, $asTyped, $message, $at, $reply, $article, $answer, $fault, $restored}
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
    addEventListener('online', () => this.#resend(), this.#events);
    addEventListener('focus', () => this.#lookAgain(), this.#events);
    matchMedia(DARK).addEventListener('change', () => this.#paint(), this.#events);
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
    if (name === 'persist') this.#memory = new Memory(choice(this, 'persist'));
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
    if (this.#mode !== 'inline') {
      const phone = isPhone();
      this.#panel.classList.toggle('phone', phone);
      if (phone) {
        this.#panel.setAttribute('aria-modal', 'true');
        this.#panel.showModal();
        this.#screen.$enter();
      } else {
        this.#panel.show();
      }
      this.toggleAttribute('open', true);
      this.#launcher.setAttribute('aria-expanded', 'true');
      this.#paint();
      (phone ? this.#title : this.#field).focus({ preventScroll: true });
    }
    this.#scrollToEnd();
    this.#greet();
    this.#restore();
    this.#tell('open');
  }

  close() {
    if (!this.#open || this.#mode === 'inline') return;
    this.#leave();
    this.#launcher.focus({ preventScroll: true });
    this.#tell('close');
  }

  // Asks as if the visitor had typed it. Opens the panel.
  ask(text) {
    this.open();
    return this.#ask(String(text));
  }

  // Forgets the conversation here and on the server.
  clear() { return this.#forget(); }

  get #mode() { return choice(this, 'mode'); }
  get #home() { return new URL(this.getAttribute('endpoint') || SCRIPT || location.href, location.href).origin; }
  get #lang() {
    const wanted = [this.#language, this.getAttribute('lang'), this.parentElement?.closest('[lang]')?.lang, navigator.language];
    return wanted.map((code) => /^(fr|en)\b/i.exec(code || '')?.[1].toLowerCase()).find(Boolean) || 'en';
  }
  get #t() { return TEXTS[this.#lang]; }

  #tell(name, detail, whole) {
    const all = choice(this, 'events') === 'full';
    this.dispatchEvent(new CustomEvent('immunobot:' + name, { bubbles: true, composed: true, detail: { ...detail, ...(all && whole) } }));
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
    choice(this, 'lang');
    this.#root.lang = this.#lang;
    this.#root.classList.toggle('left', choice(this, 'position') === 'left');
    for (const say of this.#words) say();
  }

  // The launcher alone: a page that is never asked anything pays for nothing more.
  #build() {
    this.#memory = new Memory(choice(this, 'persist'));
    this.#words = [];
    this.#panel = this.#greeting = null;
    this.#screen = null;
    this.#launcher = h('button', { class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', onclick: () => this.#open ? this.close() : this.open() },
      this.#mode === 'link' ? null : icon('chat'), this.#say(h('span'), (t) => t.$launcher));
    const inline = this.#mode === 'inline';
    this.#root = h('div', { class: `root ${this.#mode}`, role: this.#mode === 'bubble' ? 'region' : 'group', title: '' }, inline ? null : this.#launcher);
    this.#say(this.#root, (t) => this.getAttribute('title') || t.$title, 'aria-label');
    this.shadowRoot.replaceChildren(this.#root);
    this.#translate();
    if (inline || this.hasAttribute('open')) return this.open();
    // With the page's own first layout, so that it costs none of its own.
    requestAnimationFrame(() => {
      this.#paint();
      if (this.#mode === 'bubble') escapeTransforms(this, this.#launcher);
    });
  }

  // The panel, when it is opened for the first time.
  #furnish() {
    if (this.#panel) return;
    const inline = this.#mode === 'inline';
    const button = (words, action, ...inside) => this.#say(h('button', { onclick: action }, ...inside), words, inside.length ? 'aria-label' : undefined);
    this.#title = this.#say(h('h2', { id: 'title', tabindex: -1 }), (t) => this.getAttribute('title') || t.$title);
    const house = this.#say(h('p', { class: 'house' }), () => this.#welcome.name || '');
    const other = this.#say(button((t) => t.$other, () => this.#switchLanguage()), () => this.#lang === 'fr' ? 'en' : 'fr', 'lang');
    this.#more = button((t) => t.$menu, () => this.#showMenu(this.#menu.hidden), icon('more', 'bold'));
    this.#more.setAttribute('aria-controls', 'menu');
    this.#menu = h('div', { class: 'menu', id: 'menu' },
      button((t) => t.$save, () => this.#save()), button((t) => t.$print, () => this.#print()), button((t) => t.$forget, () => this.#forget()));
    this.#showMenu(false);
    this.#log = this.#say(h('div', { class: 'log', role: 'log', tabindex: 0, 'aria-live': 'off', onscroll: () => this.#seen() }), (t) => t.$log, 'aria-label');
    this.#fresh = h('button', { class: 'fresh', hidden: true, onclick: () => { this.#scrollToEnd(); this.#log.focus(); } }, this.#say(h('span'), (t) => t.$fresh), icon('down'));
    this.#field = h('textarea', { id: 'question', part: 'input', rows: 1, enterkeyhint: 'send', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-controls': 'options', onkeydown: (event) => this.#key(event), oninput: () => this.#typed() });
    this.#say(this.#field, (t) => t.$hint, 'placeholder');
    this.#typing = new TypeAhead(this.#field, (typed) => this.#suggest(typed), (text) => { this.#field.value = ''; this.#typed(); this.#ask(text); }, (n) => this.#announce(this.#t.$options(n)));
    this.#say(this.#typing.$list, (t) => t.$question, 'aria-label');
    this.#note = h('div', { class: 'note', role: 'alert' });
    this.#count = h('p', { class: 'count', id: 'count', hidden: true });
    const send = this.#say(h('button', { type: 'submit', class: 'send', part: 'button' }, icon('send')), (t) => t.$send, 'aria-label');
    const form = h('form', { class: 'foot', onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      this.#note, this.#typing.$list, this.#say(h('label', { for: 'question', class: 'hide' }), (t) => t.$question),
      h('div', { class: 'entry' }, this.#field, send), this.#count, this.#legal());
    this.#live = h('div', { class: 'hide', 'aria-live': 'polite' });
    this.#panel = h(inline ? 'div' : 'dialog', { class: 'panel', part: 'panel', 'aria-labelledby': inline ? null : 'title', onkeydown: (event) => this.#escape(event), oncancel: (event) => { event.preventDefault(); this.close(); } },
      h('div', { class: 'head', part: 'header' }, h('div', { class: 'name' }, this.#title, house), other, this.#more, inline ? null : button((t) => t.$close, () => this.close(), icon('close'))),
      this.#menu, h('div', { class: 'body' }, this.#log, this.#fresh), form, this.#live);
    this.#screen = new PhoneScreen(this.#panel, () => this.close());
    this.#root.append(this.#panel);
    for (const turn of this.#turns) this.#log.append(turn.$article, turn.$answer || '');
    this.#limit();
    this.#paint();
  }

  // What is kept, no medical advice, and a person, always in sight.
  #legal() {
    const line = h('p');
    const fill = () => {
      const t = this.#t;
      const url = this.getAttribute('privacy-url') || this.#welcome.privacy_url;
      line.replaceChildren(typo([t.$medical, this.#welcome.keep_days === undefined ? '' : t.$kept(this.#welcome.keep_days), ''].join(' '), this.#lang),
        url ? link(url, t.$privacy, this.#lang, this.#home) : '');
      place.replaceChildren(this.#contact(this.#lang));
    };
    const place = h('span');
    this.#words.push(fill);
    fill();
    return h('div', { class: 'legal' }, line, place);
  }

  #contact(tongue) {
    const url = this.getAttribute('contact-url') || this.#welcome.contact_url;
    const found = url && safeLink(url, this.#home);
    const words = TEXTS[tongue].$person;
    const node = found ? link(url, words, tongue, this.#home) : h('button', { onclick: () => this.#ask(TEXTS[tongue].$askPerson) }, words);
    node.classList.add('person');
    return node;
  }

  #paint() {
    if (this.#root) paint(this.#root, choice(this, 'theme'));
  }

  // --- opening and leaving ---

  #leave() {
    this.#open = false;
    this.#typing.$close();
    this.#showMenu(false);
    if (this.#mode === 'inline' || !this.#panel.open) return;
    if (this.#panel.hasAttribute('aria-modal')) this.#screen.$exit();
    this.#panel.removeAttribute('aria-modal');
    this.#panel.close();
    this.removeAttribute('open');
    this.#launcher.setAttribute('aria-expanded', 'false');
  }

  #escape(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    if (this.#menu.hidden) return this.close();
    this.#showMenu(false);
    this.#more.focus();
  }

  #showMenu(wanted) {
    this.#menu.hidden = !wanted;
    this.#more.setAttribute('aria-expanded', String(wanted));
  }

  #switchLanguage() {
    this.#language = this.#lang === 'fr' ? 'en' : 'fr';
    this.#translate();
    this.#greet();
  }

  // --- first view ---

  async #greet() {
    const age = this.#age;
    const tongue = this.#lang;
    this.#showGreeting();
    try {
      const welcome = await call(this.#home, '/api/v1/welcome?lang=' + tongue);
      if (age !== this.#age || tongue !== this.#lang) return;
      this.#welcome = { ...texts(welcome, ['name', 'contact_url', 'privacy_url']), keep_days: Number(welcome.keep_days) || 0, longest: Number(welcome.longest_question) || 0, suggestions: list(welcome.suggestions, ['label', 'question']).slice(0, 5) };
      this.#limit();
      this.#translate();
      this.#showGreeting();
    } catch { /* the first question will tell what is wrong */ }
  }

  #showGreeting() {
    const tongue = this.#lang;
    const own = this.getAttribute('greeting');
    const starters = this.#starters();
    const greeting = h('article', { class: 'theirs greeting', part: 'message', lang: tongue },
      h('h3', { class: 'hide said' }, saying(this.#t.$bot, tongue)),
      h('div', { class: 'text' }, ...blocks(own ? own + '\n' + this.#t.$robot : this.#t.$hello(this.#welcome.name), tongue, this.#home)),
      starters.length ? chips(this.#t.$start, starters, tongue, (text) => this.#ask(text)) : null);
    this.#greeting?.remove();
    this.#greeting = greeting;
    if (!this.#turns.length) this.#log.prepend(greeting);
  }

  #starters() {
    const own = this.getAttribute('suggestions');
    if (own === 'none') return [];
    return own ? own.split('|').map((text) => text.trim()).filter(Boolean).slice(0, 5).map((question) => ({ label: '', question })) : this.#welcome.suggestions || [];
  }

  // --- typing ---

  get #longest() { return this.#welcome.longest || 2000; }
  #limit() { this.#field.maxLength = this.#longest; }

  #typed() {
    this.#note.replaceChildren();
    const near = this.#field.value.length >= this.#longest * PART_OF_LIMIT;
    this.#count.hidden = !near;
    near ? this.#field.setAttribute('aria-describedby', 'count') : this.#field.removeAttribute('aria-describedby');
    this.#count.textContent = [this.#field.value.length, this.#longest].map((n) => n.toLocaleString(locale(this.#lang))).join(' / ');
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || this.#typing.$key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    }
  }

  #suggest(typed) {
    return call(this.#home, '/api/v1/suggest', { q: typed, lang: this.#lang }).then((found) => list(found.suggestions, ['label', 'question']).slice(0, 5));
  }

  #submit(sure) {
    const text = this.#field.value.trim();
    this.#typing.$close();
    if (!text) return this.#notice(this.#t.$empty);
    if (this.#busy) return this.#notice(this.#t.$wait);
    if (!sure && isPersonal(text)) return this.#warn();
    this.#field.value = '';
    this.#typed();
    this.#field.focus({ preventScroll: true });
    this.#ask(text);
  }

  #notice(text, ...actions) {
    this.#note.replaceChildren(h('p', null, typo(text, this.#lang)), actions.length ? h('div', { class: 'row' }, ...actions) : '');
  }

  #warn() {
    const choice = (text, action) => h('button', { class: 'plain', onclick: action }, text);
    this.#notice(this.#t.$personal, choice(this.#t.$edit, () => { this.#note.replaceChildren(); this.#field.focus(); }), choice(this.#t.$anyway, () => this.#submit(true)));
  }

  // --- asking ---

  #ask(text, asTyped) {
    if (!text.trim()) return;
    if (this.#busy) return this.#notice(this.#t.$wait);
    if (text.length > this.#longest) return this.#notice(this.#t.long(this.#longest));
    const turn = { $text: text, $asTyped: Boolean(asTyped), $message: randomId(), $at: new Date() };
    this.#turns.push(turn);
    this.#log.append(turn.$article = this.#question(turn));
    this.#scrollToEnd();
    this.#tell('question', { length: text.length, lang: this.#lang }, { text });
    return this.#send(turn);
  }

  #question(turn) {
    const tongue = this.#lang;
    return h('article', { class: 'mine', part: 'message' }, h('h3', { class: 'hide said' }, saying(this.#t.$you, tongue), h('time', null, timeOf(turn.$at, tongue))),
      h('p', null, turn.$text || this.#t.$hidden));
  }

  async #send(turn) {
    const age = this.#age;
    this.#busy = turn;
    turn.$answer?.remove();
    turn.$fault = null;
    const stop = this.#later(() => this.#wait(turn), 300);
    try {
      const reply = asReply(await call(this.#home, '/api/v1/ask', { question: turn.$text, conversation: this.#memory.$begin(), lang: this.#lang, message: turn.$message, explain: true, as_typed: turn.$asTyped }));
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
    this.#announce(this.#t.$searching);
    this.#put(turn, h('p', { class: 'dots', 'aria-hidden': 'true' }, '…'));
  }

  // Shows the node as what came after the question.
  #put(turn, node) {
    const stays = !this.#atEnd();
    turn.$answer?.remove();
    turn.$article.after(turn.$answer = node);
    if (!stays) this.#scrollTo(turn.$article);
    this.#fresh.hidden = !stays || !node.matches('.theirs');
  }

  #answer(turn, reply) {
    turn.$reply = reply;
    const article = replyArticle(reply, turn, this.#chat);
    this.#put(turn, article);
    this.#announce(article.querySelector('.text').innerText);
    this.#tell('answer', { id: reply.id, status: reply.status, lang: reply.lang, intent: reply.intent }, { answer: reply.answer });
  }

  get #chat() {
    return {
      $home: this.#home,
      $kept: this.#welcome.keep_days > 0,
      $ask: (text, asTyped) => this.#ask(text, asTyped),
      $contact: (tongue) => this.#contact(tongue),
      $rate: (id, helpful, reason) => call(this.#home, '/api/v1/feedback', { reply: id, helpful, reason: reason || null }),
    };
  }

  #fail(turn, fault) {
    const kind = TEXTS.en[fault.$kind] ? fault.$kind : 'server';
    this.#tell('error', { kind });
    if (kind === 'long') return this.#giveBack(turn);
    turn.$fault = kind;
    let left = fault.$wait || 0;
    const t = this.#t;
    const again = h('button', { class: 'plain', onclick: () => this.#busy || this.#send(turn) });
    // The seconds are seen; as they are outside of the alert, they are not read out one by one.
    const tick = () => {
      again.textContent = left > 0 ? t.$retryIn(left) : t.$retry;
      again.disabled = left > 0;
      if (left-- > 0) this.#later(tick, 1000);
    };
    tick();
    this.#put(turn, h('div', { class: 'fault' }, h('p', { role: 'alert' }, typo(t[kind] + (kind === 'offline' ? '' : t.$safe), this.#lang)), h('div', { class: 'row' }, again, this.#contact(this.#lang))));
  }

  // Too long for the server: the visitor has it back to shorten it.
  #giveBack(turn) {
    this.#turns = this.#turns.filter((other) => other !== turn);
    turn.$article.remove();
    turn.$answer?.remove();
    this.#field.value = turn.$text;
    this.#typed();
    this.#notice(this.#t.long(this.#longest));
  }

  #resend() {
    const turn = this.#turns.find((one) => one.$fault === 'offline' || one.$fault === 'network');
    if (turn && !this.#busy) this.#send(turn).then(() => turn.$reply && this.#resend());
  }

  // --- the log ---

  #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 60;
  }
  #scrollToEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#fresh.hidden = true;
  }
  // The question at the top, so that a long answer is read from its beginning.
  #scrollTo(article) { this.#log.scrollTop = article.offsetTop - 16; }
  #seen() { if (this.#atEnd()) this.#fresh.hidden = true; }

  // Once, and gone before anybody reads on.
  #announce(text) {
    this.#live.textContent = text;
    this.#silence?.();
    this.#silence = this.#later(() => { this.#live.textContent = ''; }, 1000);
  }
  #silence;

  // --- keeping and forgetting ---

  async #restore() {
    const id = this.#memory.$id;
    if (!id || this.#turns.length) return;
    const age = this.#age;
    const found = await call(this.#home, CONVERSATION + id).catch(() => null);
    if (age === this.#age && !this.#turns.length && Array.isArray(found?.turns)) this.#replay(found.turns);
  }

  #replay(turns) {
    const good = turns.flatMap((turn) => {
      try {
        return [{ $text: typeof turn.question === 'string' ? turn.question : '', $at: new Date(turn.asked_at), $reply: asReply(turn.reply), $restored: true }];
      } catch {
        return [];
      }
    });
    if (!good.length) return;
    this.#turns = good;
    good.at(-1).$restored = false;
    this.#greeting?.remove();
    this.#log.replaceChildren(h('p', { class: 'small divider' }, this.#t.$restored));
    for (const turn of good) {
      turn.$article = this.#question(turn);
      turn.$answer = replyArticle(turn.$reply, turn, this.#chat);
      this.#log.append(turn.$article, turn.$answer);
    }
    this.#scrollToEnd();
    requestAnimationFrame(() => this.#scrollToEnd());   // once more with all of it laid out
  }

  // What was said in another tab meanwhile.
  async #lookAgain() {
    if (!this.#open || this.#busy || choice(this, 'persist') !== 'day') return;
    this.#memory.$look();
    const id = this.#memory.$id;
    const age = this.#age;
    const found = id && await call(this.#home, CONVERSATION + id).catch(() => null);
    if (age === this.#age && !this.#busy && found?.turns?.length > this.#turns.length) this.#replay(found.turns);
  }

  async #forget() {
    const id = this.#memory.$id;
    this.#age += 1;
    this.#busy = null;
    this.#turns = [];
    if (this.#panel) {
      this.#showMenu(false);
      this.#log.replaceChildren();
      this.#fresh.hidden = true;
      this.#showGreeting();
    }
    try {
      if (id) await call(this.#home, CONVERSATION + id, null, 'DELETE');
    } catch (problem) {
      if (problem.$kind !== 'missing') return this.#notice(this.#t.$notForgotten);
    }
    this.#memory.$forget();
    if (this.#panel) {
      this.#notice(this.#t.$forgotten);
      this.#field.focus({ preventScroll: true });
    }
  }

  #save() {
    this.#showMenu(false);
    const url = URL.createObjectURL(new Blob(['\ufeff', transcript(this.#title.textContent, this.#turns, this.#lang)]));
    h('a', { href: url, download: 'conversation.txt' }).click();
    this.#later(() => URL.revokeObjectURL(url), 10000);
  }

  // A modal dialog prints one page only: it is an ordinary one meanwhile.
  #print() {
    this.#showMenu(false);
    const modal = this.#panel.hasAttribute('aria-modal');
    if (modal) {
      this.#panel.close();
      this.#panel.show();
    }
    printAlone(this);
    if (modal) {
      this.#panel.close();
      this.#panel.showModal();
    }
  }
}

if (!customElements.get('immunobot-chat')) customElements.define('immunobot-chat', ImmunobotChat);
