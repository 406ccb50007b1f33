// <immunobot-chat>: the element itself and its button. docs/website.md describes its attributes, methods and events.
import './strings.js';   // first, because the script compresses better so
import STYLES from 'styles';
import { CHOICES, choice } from './attributes.js';
import { Chat } from './chat.js';
import { DARK, paint } from './colour.js';
import { Conversation } from './conversation.js';
import { h, icon } from './dom.js';
import { escapeTransforms } from './page.js';
import { makePanel } from './panel.js';

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLES);

class ImmunobotChat extends HTMLElement {
  static get observedAttributes() { return [...Object.keys(CHOICES), 'open', 'title', 'greeting', 'privacy-url', 'contact-url', 'notice', 'suggestions', 'endpoint', 'style']; }

  #chat = new Chat(this);
  #root;       // all that is drawn, while it is on a page
  #launcher;
  #panel;      // once it was opened

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [SHEET];
  }

  connectedCallback() { this.#build(); }

  disconnectedCallback() {
    this.#chat.$stop();
    this.#root = null;
    if (this.#open) this.#leave();   // last: to drop the attribute lets the browser call connectedCallback at once
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#root || before === after) return;
    if (name === 'open') return after === null ? this.close() : this.open();
    if (name === 'mode') {
      if (this.#open) this.#leave();
      return this.#build();
    }
    if (name === 'lang') this.#chat.$chosen = '';
    if (name === 'persist') this.#chat.$talk?.$remember();
    this.#chat.$speak();
    this.#paint();
    if (this.#open && ['lang', 'suggestions', 'greeting', 'endpoint'].includes(name)) this.#panel.$greet();
  }

  open() {
    if (this.#open || !this.#root) return;
    this.#furnish();
    this.#panel.$enter();
    this.#showState(true);
    this.#paint();
    this.#chat.$talk.$restore();
    this.#chat.$tell('open');
  }

  close() {
    if (!this.#open || this.#mode === 'inline') return;
    const inside = this.matches(':focus-within');   // a script that closes it does not take the focus from the page
    this.#leave();
    if (inside) this.#launcher.focus({ preventScroll: true });
    this.#chat.$tell('close');
  }

  // Asks as if the visitor had typed it. Opens the panel.
  ask(text) {
    this.open();
    return this.#chat.$talk.$ask(String(text));
  }

  // Forgets the conversation here and on the server.
  clear() { return this.#talk.$forget(); }

  get #mode() { return choice(this, 'mode'); }
  get #open() { return this.#panel?.$open; }
  get #talk() { return this.#chat.$talk ??= new Conversation(this.#chat); }

  // The launcher alone: a page that is never asked anything pays for nothing more.
  #build() {
    const chat = this.#chat;
    const mode = this.#mode;
    chat.$anew();
    this.#panel = null;
    chat.$close = () => this.close();
    matchMedia(DARK).addEventListener('change', () => this.#paint(), chat.$events);
    this.#launcher = h('button', { class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', onclick: () => this.#open ? this.close() : this.open() },
      mode !== 'link' && icon('chat'), chat.$say(h('span'), (t) => t.$launcher));
    this.#root = h('div', { class: 'root ' + mode, role: mode === 'bubble' ? 'region' : 'group', title: '' }, mode !== 'inline' && this.#launcher);
    chat.$say(this.#root, (t) => this.getAttribute('title') || t.$title, 'aria-label');
    chat.$follow(() => {
      choice(this, 'lang');
      this.#root.lang = chat.$lang;
      choice(this, 'position');   // says what is wrong; the style sheet knows the rest
    });
    this.shadowRoot.replaceChildren(this.#root);
    const show = () => {
      this.#paint();
      if (mode === 'bubble') escapeTransforms(this, this.#launcher);
    };
    if (mode === 'inline' || this.hasAttribute('open')) {
      show();
      this.open();
    } else {
      requestAnimationFrame(show);   // with the page's own first layout, so that it costs none of its own
    }
  }

  // The panel, when it is opened for the first time.
  #furnish() {
    const chat = this.#chat;
    if (this.#panel) return;
    const talk = this.#talk;
    this.#panel = chat.$panel = makePanel(chat, this.#mode === 'inline');
    this.#root.append(this.#panel.$node);
    talk.$show();
    addEventListener('online', () => talk.$resend(), chat.$events);
    addEventListener('focus', () => talk.$lookAgain(), chat.$events);
  }

  #leave() {
    this.#panel.$leave();
    this.#showState(false);
  }

  #showState(open) {
    if (this.#mode === 'inline') return;
    this.toggleAttribute('open', open);
    this.#launcher.setAttribute('aria-expanded', open);
  }

  #paint() {
    if (this.#root) paint(this.#root, choice(this, 'theme'));
  }
}

if (!customElements.get('immunobot-chat')) customElements.define('immunobot-chat', ImmunobotChat);
