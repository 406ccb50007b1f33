// What the widget needs of the page around it, and gives back when it is done.
import { pageSheet } from './dom.js';

export const isPhone = () => matchMedia('(max-width: 480px)').matches;

// Full screen on a phone: nothing behind scrolls, the keyboard hides nothing, Back closes.
export class PhoneScreen {
  #still = pageSheet('html, body { overflow: hidden !important }');
  #pushed = false;

  constructor(panel, leave) { Object.assign(this, { $panel: panel, $leave: leave }); }

  $enter() {
    const events = this.$events = new AbortController();
    const fit = () => {
      this.$panel.style.setProperty('--_high', `${visualViewport.height}px`);
      this.$panel.style.setProperty('--_top', `${visualViewport.offsetTop}px`);
    };
    if (window.visualViewport) {
      for (const name of ['resize', 'scroll']) visualViewport.addEventListener(name, fit, events);
      fit();
    }
    addEventListener('popstate', () => { this.#pushed = false; this.$leave(); }, events);
    this.#still.$on();
    try {
      history.pushState(history.state, '');   // the same page once more, so that Back has something to leave
      this.#pushed = true;
    } catch { /* a document without a history of its own */ }
  }

  $exit() {
    this.$events.abort();
    this.#still.$off();
    if (this.#pushed) history.back();
    this.#pushed = false;
  }
}

// A page whose body is transformed holds even what is fixed: then the widget goes to the top layer, above the page.
export const escapeTransforms = (host, launcher) => {
  const box = launcher.getBoundingClientRect();
  const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth && box.bottom > innerHeight - 200;
  if (inside || !box.width || !host.showPopover || host.hasAttribute('popover')) return;
  host.setAttribute('popover', 'manual');
  host.showPopover();
};

const PRINTED = 'data-immunobot-print';

// Prints the conversation and nothing of the page.
export const printAlone = (host) => {
  const alone = pageSheet(`@media print{body :not(:has([${PRINTED}])):not([${PRINTED}]){display:none!important}:has([${PRINTED}]){all:initial!important;display:block!important}}`);
  host.setAttribute(PRINTED, '');
  alone.$on();
  const done = () => {
    alone.$off();
    host.removeAttribute(PRINTED);
  };
  addEventListener('afterprint', done, { once: true });
  window.print();
};
