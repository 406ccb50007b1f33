// What the widget needs of the page around it, and gives back when it is done.
import { pageSheet } from './dom.js';

export const isPhone = () => matchMedia('(max-width: 480px)').matches;

// Full screen on a phone: nothing behind scrolls, the keyboard hides nothing, Back closes. Returns what ends it.
export const fillScreen = (panel, leave) => {
  const still = pageSheet('html, body { overflow: hidden !important }');
  const events = new AbortController();
  let pushed = false;
  const fit = () => {
    panel.style.setProperty('--_high', `${visualViewport.height}px`);
    panel.style.setProperty('--_top', `${visualViewport.offsetTop}px`);
  };
  for (const name of ['resize', 'scroll']) visualViewport.addEventListener(name, fit, events);
  fit();
  addEventListener('popstate', () => { pushed = false; leave(); }, events);
  // A modal dialog prints one page only: it is an ordinary one meanwhile.
  const again = (show) => () => { panel.close(); panel[show](); };
  addEventListener('beforeprint', again('show'), events);
  addEventListener('afterprint', again('showModal'), events);
  still.$on();
  try {
    history.pushState(history.state, '');   // the same page once more, so that Back has something to leave
    pushed = true;
  } catch { /* a document without a history of its own */ }

  return () => {
    events.abort();
    still.$off();
    if (pushed) history.back();
    pushed = false;
  };
};

// A page whose body is transformed holds even what is fixed: then the widget goes to the top layer, above the page.
export const escapeTransforms = (host, launcher) => {
  const box = launcher.getBoundingClientRect();
  const inside = box.right <= innerWidth && box.bottom <= innerHeight && box.bottom > innerHeight - 200;
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
  addEventListener('afterprint', () => {
    alone.$off();
    host.removeAttribute(PRINTED);
  }, { once: true });
  window.print();
};
