// What the parts of the widget share: the element, its language, the server and what it says of the house, timers and events.
// The element sets $talk, $panel (the one that was made last) and $close before any part needs them.
import { choice } from './attributes.js';
import { h } from './dom.js';
import { call, list, texts } from './service.js';
import { TEXTS } from './strings.js';
import { link, safeLink } from './text.js';

const SCRIPT = document.currentScript?.src;
const LONGEST = 2000;   // until the server says its own

export class Chat {
  #words = [];         // what is said again in the other language
  #timers = [];
  #told;               // the title of the page, once it was changed
  $events;   // ends listeners and requests when the element goes
  $chosen = '';        // the language that the visitor has switched to
  $welcome = { longest: LONGEST };   // what the server says of the house; $known once it has

  constructor(host) { this.$host = host; }

  // --- the element ---

  $attribute(name) { return this.$host.getAttribute(name); }

  // An event for the page; `whole` holds texts, which it gets only if it asks for them.
  $tell(name, detail, whole) {
    const all = choice(this.$host, 'events') === 'full';
    this.$host.dispatchEvent(new CustomEvent('immunobot:' + name, { bubbles: true, composed: true, detail: { ...detail, ...(all && whole) } }));
  }

  // Returns what calls it off.
  $later(action, wait) {
    const timer = setTimeout(action, wait);
    this.#timers.push(timer);
    return () => clearTimeout(timer);
  }

  $stop() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.$events.abort();
  }

  // The title of the page tells of an answer that comes while nobody looks at it, where the site wants that.
  $notify() {
    const { title } = document;
    if (!document.hidden || this.$attribute('notify-title') === null || this.#told === title) return;
    this.#told = document.title = `${this.$t.$fresh} - ${title}`;
    document.addEventListener('visibilitychange', () => {
      if (document.title === this.#told) document.title = title;
    }, { once: true });
  }

  // --- the language ---

  // A node whose text (or attribute) follows the language.
  $say(node, words, attribute) {
    this.$follow(() => {
      const text = words(this.$t);
      if (attribute) node.setAttribute(attribute, text);
      else if (node.textContent !== text) node.textContent = text;
    });
    return node;
  }

  // Does it now and whenever the language, an attribute or the welcome has changed.
  $follow(action) {
    this.#words.push(action);
    action();
  }

  // Forgets the nodes of before: all is drawn anew.
  $anew() {
    this.#words = [];
    this.$events?.abort();
    this.$events = new AbortController();
    this.$speak();
  }

  $speak() {
    const wanted = [this.$chosen, this.$attribute('lang'), this.$host.parentElement?.closest('[lang]')?.lang, navigator.language];
    this.$lang = wanted.map((code) => String(code).slice(0, 2).toLowerCase()).find((code) => TEXTS[code]) || 'en';
    this.$t = TEXTS[this.$lang];
    for (const action of this.#words) action();
  }

  // --- the server ---

  get $home() { return new URL(this.$attribute('endpoint') || SCRIPT || location.href, location.href).origin; }

  $call(path, body, method) { return call(this.$home, this.$events?.signal, '/api/v1/' + path, body, method); }

  // Fails as $call does.
  async $greeted() {
    const tongue = this.$lang;
    const welcome = await this.$call('welcome?lang=' + tongue);
    if (tongue !== this.$lang) return;   // switched meanwhile, so asked again
    this.$welcome = { ...texts(welcome, ['name', 'notice', 'contact_url', 'privacy_url']), $known: true, keep_days: +welcome.keep_days || 0, longest: +welcome.longest_question || LONGEST, suggestions: list(welcome.suggestions, ['label', 'question']).slice(0, 5) };
    this.$speak();
  }

  // Where a person is reached: a link; a button that asks for it, if the server knows no address; nothing until it has said so.
  $contact(tongue) {
    const url = this.$attribute('contact-url') || this.$welcome.contact_url;
    const { $person, $askPerson } = TEXTS[tongue];
    const found = safeLink(url, this.$home);
    if (!found && !this.$welcome.$known) return '';
    const node = found ? link(url, $person, tongue, this.$home) : h('button', { onclick: () => this.$talk.$ask($askPerson) }, $person);
    node.classList.add('person');
    return node;
  }
}
