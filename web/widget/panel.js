// The panel: the head, the messages, the input, what is kept and who can be reached; coming and going.
import { h } from './dom.js';
import { questionForm } from './form.js';
import { greeting } from './greeting.js';
import { panelHead } from './head.js';
import { messageLog } from './log.js';
import { fillScreen, isPhone } from './page.js';
import { link, typo } from './text.js';

// What it is for and what not, what is kept, and a person, always in sight.
const legal = (chat) => {
  const line = h('p');
  const place = h('span');
  chat.$follow(() => {
    const { $t, $lang, $welcome, $home } = chat;
    const url = chat.$attribute('privacy-url') || $welcome.privacy_url;
    line.replaceChildren([typo(chat.$attribute('notice') || $welcome.notice || $t.$notice, $lang), $welcome.$known ? $t.$kept($welcome.keep_days) : '', ''].join(' '), url ? link(url, $t.$privacy, $lang, $home) : '');
    place.replaceChildren(chat.$contact($lang));
  });
  return h('div', { class: 'legal' }, line, place);
};

// `inline`: part of the page, and always open.
export const makePanel = (chat, inline) => {
  let restorePage;
  const log = messageLog(chat);
  const form = questionForm(chat, log.$announce, legal(chat));

  let first;
  const showGreeting = () => {
    if (chat.$talk.$turns.length) return;
    first?.remove();
    log.$node.prepend(first = greeting(chat));
  };
  // The first view, and once more with what the server says of the house.
  const greet = () => {
    showGreeting();
    chat.$greeted().then(showGreeting, () => {});   // the first question will tell what is wrong
  };

  const head = panelHead(chat, !inline, greet);
  const escape = (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    head.$menu.hidden ? chat.$close() : head.$hide();
  };
  const node = h(inline ? 'div' : 'dialog', { class: 'panel', part: 'panel', 'aria-labelledby': !inline && 'title', onkeydown: escape, oncancel: (event) => { event.preventDefault(); chat.$close(); } },
    head.$node, head.$menu, h('div', { class: 'body' }, log.$node, log.$fresh), form.$node, log.$live);

  return {
    $open: false,
    $node: node,
    $log: log,
    $form: form,
    $greet: greet,

    // All messages; without any, the greeting.
    $show(messages) {
      head.$show(false);
      log.$node.replaceChildren(...messages);
      log.$toEnd();
      if (this.$open) showGreeting();
    },

    $enter() {
      this.$open = true;
      if (!inline) {
        const phone = isPhone();
        node.classList.toggle('phone', phone);
        if (phone) {
          node.setAttribute('aria-modal', 'true');
          node.showModal();
          restorePage = fillScreen(node, chat.$close);
          head.$title.focus({ preventScroll: true });   // so that the keyboard does not jump up
        } else {
          node.show();
          form.$focus();
        }
      }
      log.$toEnd();
      greet();
    },

    $leave() {
      this.$open = false;
      form.$close();
      head.$show(false);
      if (!node.open) return;
      restorePage?.();
      node.removeAttribute('aria-modal');
      node.close();
    },
  };
};
